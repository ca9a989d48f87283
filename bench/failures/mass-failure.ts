/** A bot's notifications that all fail: the project's own checks and call budget, on a virtual clock, against a table with AWS's limits. */
import { setImmediate } from 'node:timers/promises';
import FlatQueue from 'flatqueue';
import { capacityOf, KORE_LIMITS } from '../../lambdas/check-delivery/budget/call-limits.ts';
import { checkDelivery } from '../../lambdas/check-delivery/check.ts';
import { tally } from '../../lambdas/check-delivery/rows/tally.ts';
import type { World } from '../../lambdas/check-delivery/world.ts';
import { budgetInMemory } from '../../testing/in-memory/budget-in-memory.ts';
import { type Random, randomFrom } from '../campaign/campaign.ts';
import { DEFAULTS, worldAt } from '../campaign/tracker.ts';
import { STEP_MS } from './lanes.ts';
import { type Places, type SavingTable, savingTable } from './saving.ts';

export const NOTIFICATIONS = 3_000;
export const RECIPIENTS = 1_000;
/** Seconds within which the notifications start. */
export const WITHIN = 60;

export interface Course {
  /** From the first start until all rows are in. */
  readonly seconds: number;
  readonly rows: number;
  readonly checks: number;
  /** Checks that could not save all of their rows. */
  readonly failedChecks: number;
  /** Writes that were throttled. */
  readonly throttled: number;
  /** How many notifications ended complete. */
  readonly complete: number;
}

const START = Date.parse('2026-01-01T00:01:23.450Z');
/** Kore.ai's answer, and the way to the check (Step Functions, Lambda, the network). */
const ANSWER_MS = 330;
const LATENCY_MS = { least: 100, most: 400 };
/** The function's 60 s, less the 15 that it keeps for the end (handler.ts). */
const SAVING_MS = 45_000;
const never = AbortSignal.any([]);

export async function massFailure(places: Places, seed: number): Promise<Course> {
  const random = randomFrom(seed);
  const table = savingTable(places, random);
  const due = new FlatQueue<number>();
  const starts = Array.from({ length: NOTIFICATIONS }, () => START + random() * WITHIN * 1_000);
  const latency = () => LATENCY_MS.least + random() * (LATENCY_MS.most - LATENCY_MS.least);
  starts.forEach((startedAt, index) => {
    due.push(index, startedAt + latency());
  });
  const states: unknown[] = [];
  let [now, checks, failedChecks, complete, underWay] = [START, 0, 0, 0, 0];
  const world = failingWorld(
    () => now,
    random,
    table,
    () => {
      failedChecks += 1;
    },
  );

  async function check(index: number): Promise<void> {
    const plans = states[index] === undefined;
    checks += Number(!plans);
    underWay += 1;
    const name = `ds-${index}`;
    const startedAt = new Date(starts[index] ?? START).toISOString();
    const event = {
      execution: { id: name, name, startedAt },
      state: states[index] ?? { requestId: name, streamId: 'st-bot', recipients: RECIPIENTS },
      plans,
    };
    const result = await checkDelivery(event, DEFAULTS, world, never);
    underWay -= 1;
    states[index] = result;
    if (result.outcome === 'waiting') due.push(index, Date.parse(result.nextCheckAt) + latency());
    complete += Number(result.outcome === 'complete');
  }

  for (; due.length > 0 || underWay > 0; now += STEP_MS) {
    // Nobody writes: the clock may jump.
    if (table.isIdle()) now = Math.max(now, due.peekValue() ?? now);
    const known = checks;
    while (due.length > 0 && (due.peekValue() as number) <= now) check(due.pop() as number);
    if (checks > known) await setImmediate();
    // Checks that have ended go on before the clock does.
    if (table.step(now)) await setImmediate();
  }
  const seconds = (now - START) / 1_000;
  return { seconds, checks, failedChecks, complete, rows: table.rowsSaved(), throttled: table.throttled() };
}

function failingWorld(now: () => number, random: Random, table: SavingTable, onFailure: () => void): World {
  const capacity = capacityOf(KORE_LIMITS);
  const base = worldAt(() => ({ now: now(), call: () => 'final' }), random, budgetInMemory(capacity));
  const counts = { total: RECIPIENTS, delivered: 0, failed: RECIPIENTS };
  return {
    ...base,
    deliveryLog: {
      ...base.deliveryLog,
      async saveLogs(requestId) {
        const startAt = now() + ANSWER_MS;
        try {
          await table.save(requestId, RECIPIENTS, startAt, startAt + SAVING_MS);
        } catch (error) {
          onFailure();
          throw error;
        }
        return { tally: { ...tally([]), counts }, isWhole: true };
      },
    },
  };
}
