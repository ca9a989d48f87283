/** The careless world: thousands of notifications on one clock, each with its attempts, stops, redrives and reports. */

import { budgetInMemory } from '../../../testing/in-memory/budget-in-memory.ts';
import { deliveryLogInMemory } from '../../../testing/in-memory/delivery-log-in-memory.ts';
import { finalEventsInMemory } from '../../../testing/in-memory/final-events-in-memory.ts';
import { courseOf } from './course.ts';
import { type CarelessExecution, publish, record, type StepFunctions, startExecution } from './execution.ts';
import { capacity } from './invocation.ts';
import { faultsOf, type Notification, type Stores } from './notification.ts';
import type { CarelessNotification, Intervention } from './plan.ts';
import { randomFrom } from './random.ts';
import { type VirtualTime, virtualTime } from './virtual-time.ts';

export interface Tracked {
  readonly notification: Notification;
  readonly executions: CarelessExecution[];
}

export const START = Date.parse('2026-01-01T00:00:00Z');

export interface CarelessParts {
  /** Begins at START. */
  readonly time?: VirtualTime;
  readonly stores?: Stores;
}

export async function carelessWorld(
  plans: readonly CarelessNotification[],
  stepFunctions: StepFunctions,
  { time = virtualTime(START), stores = goodStores() }: CarelessParts = {},
): Promise<Tracked[]> {
  const all = plans.map((planned, index): Tracked => {
    const random = randomFrom(planned.seed);
    const sentAt = START + planned.startsAfter * 1000;
    const course = courseOf(planned, random);
    const faults = faultsOf(planned);
    const requestId = `ds-${index}`;
    const notification = { requestId, planned, course, sentAt, time, random, stores, faults, answers: [] };
    return { notification, executions: [] };
  });
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
    executions.push(
      startExecution(notification, executions.length + 1, stepFunctions, (ended) => {
        void reportIfUntold(notification, ended, stepFunctions);
      }),
    );
  };
  await time.sleep(sentAt - time.now());
  start();
  for (const { what, at } of planned.interventions) {
    void time.sleep(at * 1000).then(() => intervene(what, executions, start));
  }
}

function intervene(what: Intervention['what'], executions: CarelessExecution[], start: () => void): void {
  const latest = executions.at(-1);
  if (what === 'stop' || what === 'stop and retrack') latest?.stop();
  if (what === 'redrive') latest?.redrive();
  if (what === 'retrack' || what === 'stop and retrack') start();
}

/** The rule and the reporter: the event may come late, and twice. */
async function reportIfUntold(
  notification: Notification,
  execution: CarelessExecution,
  stepFunctions: StepFunctions,
): Promise<void> {
  const { status, outcome, arn: executionArn, name } = execution;
  if (status === 'FAILED' && outcome === 'failed') return;
  const { time, random, planned } = notification;
  const report = async () => {
    await time.sleep(planned.reportsAfter * random.next() * 1000);
    const input = JSON.stringify({ requestId: notification.requestId });
    const described = (await stepFunctions.describeInterruption({
      input: { executionArn, name, status, input },
      context: { State: { EnteredTime: new Date(time.now()).toISOString() } },
    })) as Parameters<typeof record>[1];
    const won = await record(notification, { ...described, outcome: 'failed' });
    await publish(notification, execution, won, stepFunctions);
  };
  void report();
  if (random.chance(0.1)) void report();
}
