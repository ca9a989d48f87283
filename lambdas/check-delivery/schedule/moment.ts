/** The moment of a check, and which ends of its tracking are still ahead. */

/** One look at the clock, for the decision and the plan of a check: two could be on both sides of a deadline. Milliseconds since 1970. */
export interface Moment {
  readonly now: number;
  /** Seconds since the start of the execution. */
  readonly elapsedSeconds: number;
  /** When the tracking ends for want of an answer. */
  readonly deadlineAt: number;
  /** When it must end, whatever is still missing on our own side. */
  readonly lastEndAt: number;
}

interface Deadline {
  readonly deadlineSeconds: number;
}

interface Started {
  /** ISO 8601. */
  readonly startedAt: string;
}

export function momentOf(execution: Started, deadline: Deadline, now: number): Moment {
  const startedAt = Date.parse(execution.startedAt);
  return {
    now,
    elapsedSeconds: (now - startedAt) / 1000,
    deadlineAt: deadlineOf(execution, deadline),
    lastEndAt: startedAt + lastEnd(deadline.deadlineSeconds) * 1000,
  };
}

/** Milliseconds since 1970. */
export function deadlineOf({ startedAt }: Started, { deadlineSeconds }: Deadline): number {
  return Date.parse(startedAt) + deadlineSeconds * 1000;
}

/** How long after the deadline a tracking may still wait for its own side: as long again, an hour at most. */
const MOST_OVERTIME_SECONDS = 3_600;

/** Seconds from the start after which no tracking goes on. */
export function lastEnd(deadlineSeconds: number): number {
  return deadlineSeconds + Math.min(deadlineSeconds, MOST_OVERTIME_SECONDS);
}

/** Trouble that is there at the deadline may be over a moment later; an event within ten minutes is early enough. */
const GRACE_SECONDS = 300;

/** Seconds after the deadline for which a failing check or an unwritten summary may hold up the event. */
export function graceAfter(deadlineSeconds: number): number {
  return Math.min(GRACE_SECONDS, deadlineSeconds);
}

/** Whether an event still waits for the summary before it. */
export function isPatient({ now, deadlineAt }: Moment, { deadlineSeconds }: Deadline): boolean {
  return now < deadlineAt + graceAfter(deadlineSeconds) * 1000;
}

const LEAST_SECONDS_BETWEEN_TRIES = 60;
/** An execution's history holds so many beside its checks. */
const MOST_TRIES = 600;

/**
 * When to write an end anew that the table did not take: it is mended or throttled no more by then, or else the deadline has come,
 * or the last end. Milliseconds since 1970.
 */
export function triedAgainAt(moment: Moment, { deadlineSeconds }: Deadline): number {
  const { now } = moment;
  const seconds = Math.max(LEAST_SECONDS_BETWEEN_TRIES, Math.ceil(lastEnd(deadlineSeconds) / MOST_TRIES));
  return Math.min(now + seconds * 1000, checkTimeFor(nextEnd(moment), now));
}

/** The end that is still ahead, or the last one. Milliseconds since 1970. */
export function nextEnd({ now, deadlineAt, lastEndAt }: Moment): number {
  return now < deadlineAt ? deadlineAt : lastEndAt;
}

/** By how much a Lambda's clock may be behind that of Step Functions. */
const SKEW_MS = 1_000;

/** When to check for an end: as it comes, or where a Lambda is so close that it may have been woken for it, once that is sure. */
export function checkTimeFor(endAt: number, now: number): number {
  return endAt - now < SKEW_MS ? endAt + SKEW_MS : endAt;
}
