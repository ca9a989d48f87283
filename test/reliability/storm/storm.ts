/** Thousands of trackings at once on a virtual clock: the project's own checks, over stores in memory, with faults everywhere. */
import FlatQueue from 'flatqueue';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type BudgetStore, callBudget } from '../../../lambdas/check-delivery/budget/call-budget.ts';
import { capacityOf, KORE_LIMITS } from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { forecastFrom } from '../../../lambdas/check-delivery/budget/forecast.ts';
import { checkDelivery } from '../../../lambdas/check-delivery/check.ts';
import { endedBy, finalEventRow } from '../../../lambdas/check-delivery/ending/final-event-row.ts';
import type { CheckSettings } from '../../../lambdas/check-delivery/environment.ts';
import type { CheckResult, Ended, Execution } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import { ObstacleError } from '../../../lambdas/check-delivery/obstacle.ts';
import type { FinalEvents } from '../../../lambdas/check-delivery/rows/final-event-table.ts';
import type { Log } from '../../../lambdas/check-delivery/telemetry/log.ts';
import type { World } from '../../../lambdas/check-delivery/world.ts';
import { settingsFrom } from '../../../lib/configuration/settings.ts';
import { type JsonataState, outputOf } from '../../../local/aws/jsonata-state.ts';
import { budgetInMemory } from '../../../testing/in-memory/budget-in-memory.ts';
import {
  type DeliveryLogInMemory,
  deliveryLogInMemory,
} from '../../../testing/in-memory/delivery-log-in-memory.ts';
import { finalEventsInMemory } from '../../../testing/in-memory/final-events-in-memory.ts';
import { Crash, type Faulty, faulty } from './faulty.ts';
import { type StormKore, stormKore } from './kore.ts';
import { STORM_DEADLINE_SECONDS, type StormTracking, type StormWay } from './plan.ts';

/** What Step Functions does, as the synthesised definition says. */
export interface StepFunctions {
  /** How often it tries to publish again. */
  readonly eventRetries: number;
  /** The state after a failed check. */
  readonly checkFailed: JsonataState;
}

/** How a tracking ended. */
export interface StormEnd {
  /** Every event that reached the bus, in order. */
  readonly events: readonly Ended['detail'][];
  readonly outcome: string;
  readonly code: string | undefined;
}

export interface Storm {
  readonly ends: readonly StormEnd[];
  readonly deliveryLog: DeliveryLogInMemory;
  readonly kore: StormKore;
}

const START = Date.parse('2026-01-01T00:00:00Z');
const capacity = capacityOf(KORE_LIMITS);
const settings: CheckSettings = {
  ...settingsFrom({}),
  deadlineSeconds: STORM_DEADLINE_SECONDS,
  tableArn: 'table',
  capacity,
};
const SILENT: Log = { info: () => {}, warn: () => {}, about: () => SILENT };
const credentials = { clientId: 'cs', subject: 'cs', algorithm: 'HS256', key: new Uint8Array(32) } as never;
const NEVER = AbortSignal.any([]);

export async function storm(
  trackings: readonly StormTracking[],
  seed: number,
  { eventRetries, checkFailed }: StepFunctions,
): Promise<Storm> {
  const generator = xoroshiro128plus(seed);
  const random = () => (generator.next() >>> 0) / 2 ** 32;
  const [deliveryLog, finalEvents, budgetStore, kore] = [
    deliveryLogInMemory(),
    finalEventsInMemory(),
    budgetInMemory(capacity),
    stormKore(trackings, START),
  ];
  const afterFailedCheck = outputOf(checkFailed, random);
  const plans = trackings.map(({ faults }) => faulty(faults));
  const inputs = trackings.map(({ bot }, index) => ({ requestId: idOf(index), streamId: `st-${bot}` }));
  /** What an execution waits with; nothing before its first check is planned. */
  const states: unknown[] = [];
  const ends: StormEnd[] = [];
  const due = new FlatQueue<number>();
  trackings.forEach(({ startsAfter }, index) => {
    due.push(index, START + startsAfter * 1_000);
  });

  while (due.length > 0) {
    const now = due.peekValue() as number;
    const index = due.pop() as number;
    const plan = plans[index] as Faulty;
    const { startsAfter } = trackings[index] as StormTracking;
    const execution = {
      id: `arn:${idOf(index)}`,
      name: idOf(index),
      startedAt: new Date(START + startsAfter * 1_000).toISOString(),
    };
    const input = inputs[index];
    const state = states[index] ?? input;
    const payload = { execution, input, state, plans: states[index] === undefined };
    const world = worldAt(index, now, { plan, deliveryLog, finalEvents, budgetStore, kore, random });
    // Nothing is announced where the payload does not ask for it.
    const check = () => checkDelivery(payload, settings, world, NEVER) as Promise<CheckResult>;
    const result = await checked(
      check,
      plan,
      () => afterFailedCheck({ input: state, context: contextOf(execution, input, now) }),
      async (ended) => endedBy(await finalEvents.record(finalEventRow(ended, { now, retentionDays: 90 }))),
    );
    if (result.outcome === 'waiting') {
      states[index] = result;
      due.push(index, Math.max(now + 1_000, Date.parse(result.nextCheckAt)));
    } else {
      states[index] = undefined;
      ends[index] = published(result, plan, eventRetries);
    }
  }
  return { ends, deliveryLog, kore };
}

export function idOf(index: number): string {
  return `ds-${index}`;
}

/** The states `Plan first check` and `Check delivery`, and where their catch goes on. */
async function checked(
  check: () => Promise<CheckResult>,
  plan: Faulty,
  afterFailure: () => Promise<unknown>,
  recorded: (ended: Ended) => Promise<Ended>,
): Promise<CheckResult> {
  try {
    return await plan.run('function', check, (way) => new FunctionError(way));
  } catch (error) {
    if (!(error instanceof FunctionError || error instanceof Crash)) throw error;
    const after = (await afterFailure()) as
      | CheckResult
      | (Omit<Ended, 'outcome'> & { outcome: 'unexpected' });
    return after.outcome === 'unexpected' ? recorded({ ...after, outcome: 'failed' }) : after;
  }
}

function contextOf({ id, name, startedAt }: Execution, input: unknown, now: number) {
  return {
    Execution: { Id: id, Name: name, StartTime: startedAt, Input: input },
    State: { EnteredTime: new Date(now).toISOString() },
  };
}

/** Lambda's own trouble. */
class FunctionError extends Error {
  constructor(way: StormWay) {
    super(way);
  }
}

/** The state that publishes, with its retries. */
function published({ outcome, detail }: Ended, plan: Faulty, retries: number): StormEnd {
  const events: Ended['detail'][] = [];
  const { error } = detail.data as { error?: { code: string } };
  for (let tries = 0; tries <= retries; tries += 1) {
    const way = plan.arrive('event');
    if (way === undefined || way === 'answer lost') events.push(detail);
    if (way === undefined) break;
  }
  return { events, outcome, code: error?.code };
}

interface Parts {
  readonly plan: Faulty;
  readonly deliveryLog: DeliveryLogInMemory;
  readonly finalEvents: FinalEvents;
  readonly budgetStore: BudgetStore;
  readonly kore: StormKore;
  readonly random: () => number;
}

function worldAt(
  index: number,
  now: number,
  { plan, deliveryLog, finalEvents, budgetStore, kore, random }: Parts,
): World {
  const time = { now: () => now, random, sleep: async () => {} };
  const secret = () =>
    plan.run('secret', async () => ({ credentials, version: '1' }), obstacleError('SECRET_UNREACHABLE'));
  const tableError = obstacleError('TABLE_UNREACHABLE');
  return {
    ...time,
    forecast: forecastFrom,
    campaignSizes: { of: async () => undefined },
    budget: callBudget(faultyBudget(budgetStore, plan), capacity, time),
    accessTo: async (streamId) => ({
      quotaKeyOf: () => streamId ?? '',
      secret: { current: secret, refetched: secret },
      // What it said before its answer was lost, nobody has heard.
      connect: async () => ({
        async ask() {
          const way = plan.arrive('kore');
          if (way === 'crash before' || way === 'crash after') throw new Crash();
          if (way === undefined) return kore.call(index, now);
          throw way === 'throttle'
            ? new ObstacleError('RATE_LIMITED', way, { fullWindow: 'minute' })
            : new ObstacleError('KORE_UNREACHABLE', way);
        },
        drop: () => {},
      }),
    }),
    signToken: async () => 'token',
    finalEvents: { record: (row) => plan.run('final event row', () => finalEvents.record(row), tableError) },
    deliveryLog: {
      async saveLogs(requestId, rows, signal) {
        const effect = () => deliveryLog.saveLogs(requestId, rows, signal);
        return plan.run('rows', effect, (way) => {
          if (way === 'partial') void deliveryLog.saveLogs(requestId, rows.slice(0, rows.length / 2), signal);
          return tableError(way);
        });
      },
      notReached: (requestId) => deliveryLog.notReached(requestId),
      saveSummary: (summary) => plan.run('summary', () => deliveryLog.saveSummary(summary), tableError),
    },
    log: SILENT,
    meter: { add: () => {} },
  };
}

function obstacleError(code: 'SECRET_UNREACHABLE' | 'TABLE_UNREACHABLE') {
  return (way: StormWay) => new ObstacleError(code, way);
}

function faultyBudget(store: BudgetStore, plan: Faulty): BudgetStore {
  const fail = (way: StormWay) =>
    Object.assign(new Error(way), {
      name: way === 'throttle' ? 'ProvisionedThroughputExceededException' : 'InternalServerError',
    });
  const run = <T>(effect: () => Promise<T>) => plan.run('budget', effect, fail);
  return {
    read: (bot, now) => run(() => store.read(bot, now)),
    book: (bot, booking) => run(() => store.book(bot, booking)),
    spend: (bot, reservation, now) => run(() => store.spend(bot, reservation, now)),
    learn: (bot, lesson, state, now) => run(() => store.learn(bot, lesson, state, now)),
  };
}
