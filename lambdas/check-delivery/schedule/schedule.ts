/**
 * When to check again: as soon as the lag that has probably built up is worth what a call costs (inspection.ts), sooner or later
 * where the delivery logs that arrive foretell the end.
 */
import { inspection, type WaitLimits } from './inspection.ts';
import type { Chances } from './life-table.ts';
import { checkTimeFor } from './moment.ts';
import type { Price } from './price.ts';
import { survivalOf } from './survival.ts';

/** The knobs of the schedule. */
export type Schedule = WaitLimits;

/** What is known when a wait is chosen. */
export interface Prospect {
  /** Seconds since the start of the execution. */
  readonly elapsedSeconds: number;
  /** Seconds from the start to when it was last known to be under way, or is taken to be. */
  readonly seenSeconds: number;
  /** Checks so far. */
  readonly checks: number;
  /** What a call costs from now on; empty where the call budget could not be asked. */
  readonly prices: readonly Price[];
  readonly chances: Chances;
  /** Seconds until the last recipient's log, at the pace of the latest; absent where there is none. */
  readonly endsInSeconds?: number | undefined;
  /** What the last answer calls for within the cap, such as five minutes after refused credentials. */
  readonly atLeastSeconds?: number;
  /** For how long Kore asks to be left alone, whatever the cap. */
  readonly koreAsksSeconds?: number;
  /** From 0 (no jitter) up to 1. */
  readonly random: number;
}

/** Jitter changes a wait by up to this share, so that trackings started together drift apart where no call budget keeps them apart. */
const JITTER = 0.1;
/** After so many checks every wait is the cap, so that whatever was learnt or foretold, their number is bounded. */
const EAGER_CHECKS = 200;

/** Seconds to wait. Jitter makes the schedule's wait shorter, and the wait that an answer calls for longer. */
export function waitSeconds(schedule: Schedule, prospect: Prospect): number {
  const { floorSeconds, capSeconds } = schedule;
  const { random, prices, atLeastSeconds = 0 } = prospect;
  const asked = Math.min(capSeconds, atLeastSeconds * (1 + JITTER * random));
  const scheduled = scheduledSeconds(schedule, prospect) * (prices.length > 0 ? 1 : 1 - JITTER * random);
  return Math.max(floorSeconds, scheduled, asked);
}

function scheduledSeconds(schedule: Schedule, prospect: Prospect): number {
  const { capSeconds } = schedule;
  const { checks, endsInSeconds } = prospect;
  if (checks >= EAGER_CHECKS) return capSeconds;
  const wait = waitAtPrices(schedule, prospect);
  if (endsInSeconds === undefined) return wait;
  return Math.min(capSeconds, Math.max(wait / 2, endsInSeconds));
}

/** The first time at which a check pays at the price of that time. */
function waitAtPrices(schedule: Schedule, prospect: Prospect): number {
  const { elapsedSeconds, seenSeconds, prices, chances } = prospect;
  const { checkWorthSeconds } = schedule;
  const age = Math.max(0, seenSeconds);
  const since = elapsedSeconds - age;
  const survival = survivalOf(chances);
  const waitAt = (worth: number) => inspection(worth, schedule, survival)(age).seconds - since;
  let [from, worth, wait] = [0, checkWorthSeconds, waitAt(checkWorthSeconds)];
  for (const { untilSeconds, worthSeconds } of prices) {
    if (worthSeconds !== worth) [worth, wait] = [worthSeconds, waitAt(worthSeconds)];
    if (wait <= untilSeconds) return Math.max(from, wait);
    from = untilSeconds;
  }
  return Math.max(from, worth === checkWorthSeconds ? wait : waitAt(checkWorthSeconds));
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
 * that close).
 *
 * @param now milliseconds since 1970, as is `endAt`.
 */
export function wishedTime(schedule: Schedule, prospect: Prospect, now: number, endAt: number): number {
  const scheduled = now + waitSeconds(schedule, prospect) * 1000;
  const { koreAsksSeconds = 0, random } = prospect;
  const wished = Math.max(scheduled, now + koreAsksSeconds * (1 + JITTER * random) * 1000);
  return now < endAt ? Math.min(wished, checkTimeFor(endAt, now)) : wished;
}

/**
 * How many checks a tracking can take at most: the history of an execution is bounded, so a configuration that allows
 * too many is refused before it is deployed.
 */
export function mostChecks(schedule: Schedule, deadlineSeconds: number): number {
  const atFloor = 1 + Math.ceil(deadlineSeconds / schedule.floorSeconds);
  const shortestCap = Math.max(schedule.floorSeconds, schedule.capSeconds * (1 - JITTER));
  // One more: an end takes two where Lambda's clock is behind.
  return 1 + Math.min(atFloor, EAGER_CHECKS + Math.ceil(deadlineSeconds / shortestCap));
}
