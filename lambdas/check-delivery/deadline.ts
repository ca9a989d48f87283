/** When an execution may end for want of an answer, and when it must. */
import { graceAfter, lastEnd } from './decision.ts';
import type { Execution } from './invocation.ts';
import { checkTimeFor } from './schedule.ts';

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

/** Until when an event waits for the summary before it. Milliseconds since 1970. */
export function patientUntil(execution: Execution, deadline: Deadline): number {
  return deadlineOf(execution, deadline) + graceAfter(deadline.deadlineSeconds) * 1000;
}

const LEAST_SECONDS_BETWEEN_TRIES = 60;
/** An execution's history holds so many beside its checks. */
const MOST_TRIES = 600;

/**
 * When to write an end anew that the table did not take: it is mended or throttled no more by then, or else the deadline has come,
 * or the last end. Milliseconds since 1970.
 */
export function triedAgainAt(execution: Execution, deadline: Deadline, now: number): number {
  const seconds = Math.max(
    LEAST_SECONDS_BETWEEN_TRIES,
    Math.ceil(lastEnd(deadline.deadlineSeconds) / MOST_TRIES),
  );
  const deadlineAt = deadlineOf(execution, deadline);
  const endAt = now < deadlineAt ? deadlineAt : lastEndOf(execution, deadline);
  return Math.min(now + seconds * 1000, checkTimeFor(endAt, now));
}
