/** An execution as Step Functions runs it: it can be stopped at any moment, and redriven from the state that it was in. */

import { summaryOf } from '../../../lambdas/check-delivery/ending/final-event.ts';
import { endedBy, finalEventRow } from '../../../lambdas/check-delivery/ending/final-event-row.ts';
import type { CheckResult, Ended } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import type { States } from '../../../local/aws/jsonata-state.ts';
import { FIRST_CHECK_SECONDS, FunctionError, invoke } from './invocation.ts';
import type { Notification } from './notification.ts';

/** What Step Functions does, as the synthesised definitions say. */
export interface StepFunctions {
  /** How often it tries to publish again. */
  readonly eventRetries: number;
  /** `Check failed`. */
  readonly checkFailed: (states: States) => Promise<unknown>;
  /** `Describe interruption`. */
  readonly describeInterruption: (states: States) => Promise<unknown>;
}

export interface CarelessExecution {
  readonly arn: string;
  readonly name: string;
  /** Every event that reached the bus in its name, in order. */
  readonly events: Ended['detail'][];
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  /** Of its output, or of the event before it failed. */
  outcome?: string;
  wasStopped: boolean;
  stop(): void;
  redrive(): void;
}

/** What an execution is about to do, and with what. */
type Step =
  | { readonly does: 'wait'; readonly until: number; readonly state: unknown }
  | { readonly does: 'check'; readonly state: unknown }
  | { readonly does: 'record'; readonly ended: Ended }
  | { readonly does: 'publish'; readonly ended: Ended };

const input = ({ requestId, planned }: Notification) => ({
  requestId,
  streamId: `st-${planned.bot}`,
  ...(planned.announces === 'recipients' && { recipients: Math.max(1, planned.recipients) }),
  ...(planned.announces === 'too many' && { recipients: planned.recipients + 2 }),
});

const CHECK_TIMEOUT_MS = 90_000;

/** @param onEnd hears of every end that is not a success, as EventBridge does. */
export function startExecution(
  notification: Notification,
  attempt: number,
  stepFunctions: StepFunctions,
  onEnd: (execution: CarelessExecution) => void,
): CarelessExecution {
  const { requestId, time, random, faults } = notification;
  const name = attempt === 1 ? requestId : `${requestId}--${attempt}`;
  const startedAt = time.now();
  const given = input(notification);
  const context = {
    Execution: { Id: `arn:${name}`, Name: name, StartTime: new Date(startedAt).toISOString(), Input: given },
  };
  let step: Step = { does: 'wait', until: startedAt + FIRST_CHECK_SECONDS * 1000, state: given };
  /** Of a run that was stopped nothing goes on but what it had asked for. */
  let run = 0;

  const execution: CarelessExecution = {
    arn: `arn:${name}`,
    name,
    events: [],
    status: 'RUNNING',
    wasStopped: false,
    stop() {
      if (execution.status !== 'RUNNING') return;
      run += 1;
      end('ABORTED');
      execution.wasStopped = true;
    },
    redrive() {
      if (execution.status !== 'ABORTED') return;
      execution.status = 'RUNNING';
      void goOn(run);
    },
  };

  function end(status: CarelessExecution['status'], outcome?: string): void {
    execution.status = status;
    if (outcome !== undefined) execution.outcome = outcome;
    if (status !== 'SUCCEEDED') onEnd(execution);
  }

  async function goOn(ours: number): Promise<void> {
    while (execution.status === 'RUNNING' && run === ours) {
      const next = await after(step, ours);
      if (run !== ours) return;
      if (next === undefined) return;
      step = next;
    }
  }

  async function after(current: Step, ours: number): Promise<Step | undefined> {
    switch (current.does) {
      case 'wait':
        await time.sleep(current.until - time.now());
        return { does: 'check', state: current.state };
      case 'check':
        return afterCheck(await checked(current.state));
      case 'record':
        return { does: 'publish', ended: await record(notification, current.ended) };
      case 'publish': {
        const isTold = await publish(notification, execution, current.ended, stepFunctions);
        if (run !== ours) return undefined;
        const { outcome } = current.ended;
        end(isTold && outcome !== 'failed' ? 'SUCCEEDED' : 'FAILED', outcome);
        return undefined;
      }
    }
  }

  function afterCheck(result: CheckResult | (Omit<Ended, 'outcome'> & { outcome: 'unexpected' })): Step {
    if (result.outcome === 'waiting') {
      // The state passes as JSON.
      const state = JSON.parse(JSON.stringify(result));
      return { does: 'wait', until: Date.parse(result.nextCheckAt), state };
    }
    if (result.outcome === 'unexpected') return { does: 'record', ended: { ...result, outcome: 'failed' } };
    return { does: 'publish', ended: result };
  }

  /** `Check delivery`, and where its catch goes on. */
  async function checked(state: unknown) {
    const EnteredTime = new Date(time.now()).toISOString();
    const { Id: id, Name, StartTime } = context.Execution;
    const payload = { execution: { id, name: Name, startedAt: StartTime }, input: given, state };
    const way = faults.arrive('function');
    try {
      if (way === 'error' || way === 'crash before') throw new FunctionError(way);
      const invoked = invoke(payload, notification);
      if (way === undefined) return await firstOf(invoked, time.sleep(CHECK_TIMEOUT_MS));
      // The invocation runs on, and nobody hears of it.
      invoked.catch(() => {});
      await (way === 'late' ? time.sleep(random.upTo(8_000)) : invoked);
      throw new FunctionError(way);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      return (await stepFunctions.checkFailed({
        input: state,
        context: { ...context, State: { EnteredTime } },
      })) as CheckResult;
    }
  }

  void goOn(run);
  return execution;
}

async function firstOf(invoked: Promise<CheckResult>, timeOut: Promise<void>): Promise<CheckResult> {
  const first = await Promise.race([invoked, timeOut]);
  if (first === undefined) throw new FunctionError('States.Timeout');
  return first;
}

/** `Record final event` and `Save summary`: the end that won. */
export async function record({ time, random, stores }: Notification, ended: Ended): Promise<Ended> {
  const kept = { now: time.now(), retentionDays: 90 };
  await time.sleep(random.between(1, 500));
  const won = endedBy(await stores.finalEvents.record(finalEventRow(ended, kept)));
  await time.sleep(random.between(1, 500));
  await stores.deliveryLog.saveSummary(summaryOf(won.detail, won.outcome, kept));
  await time.sleep(random.between(1, 100));
  return won;
}

/** Tries until EventBridge has said that it took the event. */
export async function publish(
  { time, random, faults }: Notification,
  execution: CarelessExecution,
  { detail }: Ended,
  { eventRetries }: StepFunctions,
): Promise<boolean> {
  for (let tries = 0; tries <= eventRetries; tries += 1) {
    const way = faults.arrive('event');
    await time.sleep(random.between(1, 300));
    if (way === undefined || way === 'answer lost' || way === 'crash after') execution.events.push(detail);
    if (way === 'late') void time.sleep(random.upTo(10_000)).then(() => execution.events.push(detail));
    await time.sleep(random.between(1, 300));
    if (way === undefined) return true;
    await time.sleep(random.upTo(4_000));
  }
  return false;
}
