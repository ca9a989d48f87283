/** How long to leave Kore alone after an obstacle. */
import type { FullWindow, Obstacle, ObstacleCode } from '../obstacle.ts';

/** Kore.ai docs, SDK Security: credentials are checked at every call, so asking again soon can only annoy; the rest wait for people. */
const LONG_WAIT_SECONDS = 300;

/** Seconds that an obstacle calls for, before the schedule's cap is applied. */
export function waitAfter({ code }: Obstacle): number {
  switch (code) {
    case 'NOT_CONFIGURED':
    case 'INVALID_SECRET':
    case 'CREDENTIALS_REFUSED':
    case 'PAUSED':
      return LONG_WAIT_SECONDS;
    default:
      return 0;
  }
}

/** What Kore itself asks for after a call; the schedule's cap does not shorten it. */
export interface KoreWish {
  /** How long it is to be left alone. */
  readonly seconds: number;
  /** The wait for a full hour, where that is the reason: the next one in a row is twice as long. */
  readonly hourlyWaitSeconds?: number | undefined;
}

/** @param lastHourlyWait seconds, as the check before left them. */
export function koreWish(obstacle: Obstacle | undefined, lastHourlyWait: number | undefined): KoreWish {
  if (obstacle === undefined) return { seconds: 0 };
  const { code, fullWindow, retryAfterSeconds = 0 } = obstacle;
  if (WITHOUT_A_CALL.includes(code)) return { seconds: 0, hourlyWaitSeconds: lastHourlyWait };
  if (fullWindow === undefined) return { seconds: retryAfterSeconds };
  const wait = waitForWindow(fullWindow, lastHourlyWait);
  const seconds = Math.max(wait, retryAfterSeconds);
  return { seconds, ...(fullWindow === 'hour' && { hourlyWaitSeconds: wait }) };
}

/** A check that could not call has heard nothing new of Kore's hour. */
const WITHOUT_A_CALL: readonly ObstacleCode[] = [
  'NOT_CONFIGURED',
  'INVALID_SECRET',
  'SECRET_UNREACHABLE',
  'OUT_OF_CALL_BUDGET',
  'PAUSED',
];

const MINUTE_SECONDS = 60;
const FIRST_HOURLY_WAIT_SECONDS = 300;
const LONGEST_HOURLY_WAIT_SECONDS = 3_600;

/**
 * Seconds to wait after a refusal. After a full minute the window has gone by. A full hour may have room again at any time,
 * so the wait begins far below it, and doubles with every such refusal in a row.
 *
 * @param lastHourlyWait seconds; absent where no refusal by the hour came just before.
 */
function waitForWindow(fullWindow: FullWindow, lastHourlyWait: number | undefined): number {
  if (fullWindow === 'minute') return MINUTE_SECONDS;
  const doubled = Math.max(FIRST_HOURLY_WAIT_SECONDS, 2 * (lastHourlyWait ?? 0));
  return Math.min(LONGEST_HOURLY_WAIT_SECONDS, doubled);
}
