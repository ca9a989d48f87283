/** When an execution may end for want of an answer, and when it must. */
import { lastEnd } from './decision.ts';
import type { Execution } from './invocation.ts';

interface Deadline {
  readonly deadlineSeconds: number;
}

/** Milliseconds since 1970. */
export function deadlineOf(execution: Execution, { deadlineSeconds }: Deadline): number {
  return Date.parse(execution.startedAt) + deadlineSeconds * 1000;
}

/** Milliseconds since 1970. */
export function lastEndOf(execution: Execution, { deadlineSeconds }: Deadline): number {
  return Date.parse(execution.startedAt) + lastEnd(deadlineSeconds) * 1000;
}
