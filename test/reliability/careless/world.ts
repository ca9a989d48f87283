/** The careless world: thousands of notifications on one clock, each with its attempts, stops, redrives and reports. */

import { budgetInMemory } from '../../../testing/in-memory/budget-in-memory.ts';
import { deliveryLogInMemory } from '../../../testing/in-memory/delivery-log-in-memory.ts';
import { finalEventsInMemory } from '../../../testing/in-memory/final-events-in-memory.ts';
import { courseOf } from './course.ts';
import { capacity } from './invocation.ts';
import { faultsOf, type Notification, type Stores } from './notification.ts';
import type { CarelessNotification, Intervention } from './plan.ts';
import { randomFrom } from './random.ts';
import type { StepFunctions } from './step-functions.ts';
import { type Attempt, startTracking } from './tracking.ts';
import { type VirtualTime, virtualTime } from './virtual-time.ts';

export interface Tracked {
  readonly notification: Notification;
  readonly executions: Attempt[];
}

export const START = Date.parse('2026-01-01T00:00:00Z');

export interface CarelessParts {
  /** Begins at START. */
  readonly time?: VirtualTime;
  readonly stores?: Stores;
  /** To which all belong. */
  readonly campaignId?: string;
  /** Is told of all before they begin. */
  readonly alongside?: (all: readonly Tracked[]) => void;
}

export async function carelessWorld(
  plans: readonly CarelessNotification[],
  stepFunctions: StepFunctions,
  { time = virtualTime(START), stores = goodStores(), campaignId, alongside }: CarelessParts = {},
): Promise<Tracked[]> {
  const all = plans.map((planned, index): Tracked => {
    const random = randomFrom(planned.seed);
    const sentAt = START + planned.startsAfter * 1000;
    const course = courseOf(planned, random);
    const faults = faultsOf(planned.faults);
    const requestId = `ds-${index}`;
    const seen = { answers: [], tellers: [], writes: [] };
    const notification = {
      requestId,
      planned,
      campaignId,
      course,
      sentAt,
      time,
      random,
      stores,
      faults,
      ...seen,
    };
    return { notification, executions: [] };
  });
  alongside?.(all);
  for (const tracked of all) void live(tracked, stepFunctions);
  await time.run();
  return all;
}

export function goodStores(): Stores {
  return {
    deliveryLog: deliveryLogInMemory(),
    finalEvents: finalEventsInMemory(),
    budgetStore: budgetInMemory(capacity),
  };
}

async function live(tracked: Tracked, stepFunctions: StepFunctions): Promise<void> {
  const { notification, executions } = tracked;
  const { time, sentAt, planned } = notification;
  const start = () => {
    executions.push(startTracking(notification, executions.length + 1, stepFunctions));
  };
  await time.sleep(sentAt - time.now());
  start();
  for (const { what, at } of planned.interventions) {
    void time.sleep(at * 1000).then(() => intervene(what, executions, start));
  }
}

function intervene(what: Intervention['what'], executions: Attempt[], start: () => void): void {
  const latest = executions.at(-1);
  if (what === 'stop' || what === 'stop and retrack') latest?.stop();
  if (what === 'redrive') latest?.redrive();
  if (what === 'retrack' || what === 'stop and retrack') start();
}
