/**
 * When to check again: as soon as the lag that has probably built up is worth a check (the inspection problem; see
 * life-table.ts), sooner or later where the delivery logs that arrive foretell the end.
 */
import { type LifeTable, waitWorthACheck } from './life-table.ts';
import { checkTimeFor } from './moment.ts';

/** The knobs of the schedule. */
export interface Schedule {
  /** Seconds from the start of the execution to the first check. */
  readonly firstCheckSeconds: number;
  /** No wait is shorter, in seconds; a cap below it lowers it. */
  readonly floorSeconds: number;
  /** How many seconds earlier one more check would have to bring the news. */
  readonly checkWorthSeconds: number;
  /** No wait is wished longer, in seconds, whatever the reason for it, unless Kore itself asks for a longer one. */
  readonly capSeconds: number;
}

/** What is known when a wait is chosen. */
export interface Prospect {
  /** Seconds since the start of the execution. */
  readonly elapsedSeconds: number;
  /** Checks so far. */
  readonly checks: number;
  /** What a call costs, as a multiple of what it costs an idle bot. */
  readonly price: number;
  readonly lives: LifeTable;
  /** Seconds until the last recipient's log, at the pace of the latest; absent where there is none. */
  readonly endsInSeconds?: number | undefined;
  /** What the last answer calls for within the cap, such as five minutes after refused credentials. */
  readonly atLeastSeconds?: number;
  /** For how long Kore asks to be left alone, whatever the cap. */
  readonly koreAsksSeconds?: number;
  /** From 0 (no jitter) up to 1. */
  readonly random: number;
}

/** Jitter changes a wait by up to this share, so that trackings started together drift apart. */
const JITTER = 0.1;
/** After so many checks every wait is the cap, so that whatever was learnt or foretold, their number is bounded. */
const EAGER_CHECKS = 200;

/** Seconds to wait within the cap. Jitter makes the schedule's wait shorter, and the wait that an answer calls for longer. */
export function waitSeconds(schedule: Schedule, prospect: Prospect): number {
  const { floorSeconds, capSeconds } = schedule;
  const { random, atLeastSeconds = 0 } = prospect;
  const asked = Math.min(capSeconds, atLeastSeconds * (1 + JITTER * random));
  return Math.max(floorSeconds, scheduled(schedule, prospect) * (1 - JITTER * random), asked);
}

function scheduled({ checkWorthSeconds, capSeconds }: Schedule, prospect: Prospect): number {
  const { elapsedSeconds, checks, price, lives, endsInSeconds } = prospect;
  if (checks >= EAGER_CHECKS) return capSeconds;
  const wait = Math.min(
    capSeconds,
    waitWorthACheck(Math.max(0, elapsedSeconds), checkWorthSeconds * price, lives),
  );
  if (endsInSeconds === undefined) return wait;
  return Math.min(capSeconds, Math.max(wait / 2, endsInSeconds));
}

/**
 * Seconds until the last recipient's log, if the rest come as fast as the latest did.
 *
 * @param arrived how many came in the last `seconds`.
 */
export function foretell(
  recipients: number | undefined,
  logs: number,
  arrived: number,
  seconds: number,
): number | undefined {
  if (recipients === undefined || arrived <= 0 || logs >= recipients) return undefined;
  return ((recipients - logs) * seconds) / arrived;
}

/**
 * The next check's time in milliseconds since 1970, never past an end that is still ahead (but for a second, where it is
 * that close), and within the cap even when it is rounded up to a second, unless Kore asks for more.
 *
 * @param now milliseconds since 1970, as is `endAt`.
 */
export function wishedTime(schedule: Schedule, prospect: Prospect, now: number, endAt: number): number {
  const latest = Math.floor(now / 1000 + schedule.capSeconds) * 1000;
  const withinCap = Math.min(latest, now + waitSeconds(schedule, prospect) * 1000);
  const { koreAsksSeconds = 0, random } = prospect;
  const wished = Math.max(withinCap, now + koreAsksSeconds * (1 + JITTER * random) * 1000);
  return now < endAt ? Math.min(wished, checkTimeFor(endAt, now)) : wished;
}

/**
 * How many checks a tracking can take at most: the history of an execution is bounded, so a configuration that allows
 * too many is refused before it is deployed.
 */
export function mostChecks(schedule: Schedule, deadlineSeconds: number): number {
  const seconds = Math.max(0, deadlineSeconds - schedule.firstCheckSeconds);
  const atFloor = 1 + Math.ceil(seconds / schedule.floorSeconds);
  const shortestCap = Math.max(schedule.floorSeconds, schedule.capSeconds * (1 - JITTER));
  // One more: the first wait may be shortened to end at a whole second.
  return 1 + Math.min(atFloor, EAGER_CHECKS + Math.ceil(seconds / shortestCap));
}
