/**
 * When to look again. Nothing is known of a delivery's end but that durations are heavy-tailed, so the wait grows
 * with the square root of the time already waited (Barlow and Proschan 1965; Keller 1974: the inspection problem).
 */

/** The knobs of the schedule. */
export interface Schedule {
  /** Seconds from the start of the execution to the first check. */
  readonly firstCheckSeconds: number;
  /** No wait is shorter, in seconds; a cap below it lowers it. */
  readonly floorSeconds: number;
  /** `k` in `wait = k * sqrt(elapsed)`, both in seconds. Larger means fewer checks and later news. */
  readonly factor: number;
  /** No wait is longer, in seconds, whatever the reason for it. */
  readonly capSeconds: number;
}

/** Jitter changes a wait by up to this share, so that trackings started together drift apart. */
const JITTER = 0.1;

/**
 * Seconds to wait once `elapsedSeconds` have passed since the start. Jitter makes the schedule's wait shorter, and the
 * wait that an answer asks for longer.
 *
 * @param random from 0 (no jitter) up to 1.
 * @param atLeastSeconds what the last answer asks for, such as five minutes after refused credentials.
 */
export function waitSeconds(schedule: Schedule, elapsedSeconds: number, random: number, atLeastSeconds = 0) {
  const { floorSeconds, factor, capSeconds } = schedule;
  const scheduled = Math.min(capSeconds, factor * Math.sqrt(Math.max(0, elapsedSeconds)));
  const asked = Math.min(capSeconds, atLeastSeconds * (1 + JITTER * random));
  return Math.max(floorSeconds, scheduled * (1 - JITTER * random), asked);
}

/** The moment of the next check and what bounds it; times are milliseconds since 1970. */
export interface Moment {
  readonly startedAt: number;
  readonly now: number;
  readonly deadlineAt: number;
  readonly atLeastSeconds?: number;
  readonly random: number;
}

/**
 * The next check's time, never past the deadline, as Step Functions reads it: whole seconds in UTC, rounded up,
 * because it drops milliseconds and would wake early; rounded down only where the cap would be passed.
 */
export function nextCheckAt(schedule: Schedule, moment: Moment): string {
  const { startedAt, now, deadlineAt, atLeastSeconds = 0, random } = moment;
  const wait = waitSeconds(schedule, (now - startedAt) / 1000, random, atLeastSeconds);
  const wished = Math.ceil(now / 1000 + wait);
  const pastCap = wished - now / 1000 > schedule.capSeconds;
  const seconds = Math.min(pastCap ? wished - 1 : wished, Math.ceil(deadlineAt / 1000));
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/**
 * How many checks a tracking can take at most, counted up to `limit + 1`: the history of an execution is
 * bounded, so a configuration that allows too many is refused before it is deployed.
 */
export function mostChecks(schedule: Schedule, deadlineSeconds: number, limit: number): number {
  let elapsed = schedule.firstCheckSeconds;
  let checks = 1;
  while (elapsed < deadlineSeconds && checks <= limit) {
    elapsed += waitSeconds(schedule, elapsed, 1);
    checks += 1;
  }
  return checks;
}
