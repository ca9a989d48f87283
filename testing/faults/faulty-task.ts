/** Fails what Step Functions does, by plan, with the errors that it would know. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place, Way } from './fault.ts';
import type { FaultPlan } from './fault-plan.ts';
import { SLOW_MS } from './faulty-server.ts';

/** The name of each failure, for `Retry` and `Catch`. */
export type TaskErrors = Readonly<Partial<Record<Way, string>>>;

/** AWS docs, Handling errors in Step Functions workflows: Lambda's names. */
export const FUNCTION_ERRORS: TaskErrors = {
  error: 'Lambda.ServiceException',
  throttle: 'Lambda.TooManyRequestsException',
  'time-out': 'Sandbox.Timedout',
  'answer lost': 'Lambda.SdkClientException',
  'crash before': 'Runtime.ExitError',
  'crash after': 'Runtime.ExitError',
};

export const EVENT_ERRORS: TaskErrors = {
  error: 'EventBridge.InternalException',
  throttle: 'EventBridge.ThrottlingException',
  'time-out': 'EventBridge.SdkClientException',
  'answer lost': 'EventBridge.SdkClientException',
  partial: 'EventBridge.FailedEntry',
};

export class TaskError extends Error {
  override readonly name: string;

  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

/** In these the task has done its work before it fails. */
const AFTERWARDS: readonly Way[] = ['answer lost', 'crash after'];

/** The task, failing as the plan says. */
export function faultyTask<T>(
  place: Place,
  errors: TaskErrors,
  plan: FaultPlan,
  task: (input: unknown) => Promise<T>,
): (input: unknown) => Promise<T> {
  return async (input) => {
    const way = plan.arrive(place);
    if (way === 'slow') await sleep(SLOW_MS);
    const name = way && errors[way];
    if (way === undefined || name === undefined) return task(input);
    if (AFTERWARDS.includes(way)) await task(input);
    throw new TaskError(name);
  };
}
