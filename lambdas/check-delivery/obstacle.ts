/** What can stand between a tracking and the truth. None of them ends a tracking; only the deadline does. */
import { type FullWindow, waitForWindow } from './rate-limit.ts';

/** Stable codes: they appear in logs, in events and in summaries. */
export type ObstacleCode =
  | 'NOT_CONFIGURED'
  | 'INVALID_SECRET'
  | 'SECRET_UNREACHABLE'
  | 'CREDENTIALS_REFUSED'
  | 'RATE_LIMITED'
  | 'KORE_UNREACHABLE'
  | 'KORE_ANSWER_INVALID'
  | 'KORE_REQUEST_REFUSED'
  | 'NOTIFICATION_NOT_FOUND'
  | 'TABLE_UNREACHABLE'
  | 'LOGS_NOT_SAVED'
  | 'OUT_OF_CALL_BUDGET'
  | 'PAUSED';

/** An expected way for a check to learn nothing, as a value. */
export interface Obstacle {
  readonly code: ObstacleCode;
  /** One sentence for the operator, with what to do. Never holds a secret, a token or an address. */
  readonly message: string;
  /** Which of Kore's windows is full, where it refused the call by its rate limit. */
  readonly fullWindow?: FullWindow;
  /** For how long Kore asks to be left alone, where it says so by `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** Carries an obstacle up to the check, with its cause for the log. */
export class ObstacleError extends Error {
  override readonly name = 'ObstacleError';
  readonly obstacle: Obstacle;

  constructor(code: ObstacleCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.obstacle = { code, message };
  }
}

/** Kore.ai docs, SDK Security: credentials are checked at every call, so asking again soon can only annoy; the rest wait for people. */
const LONG_WAIT_SECONDS = 300;

/** Seconds that an obstacle asks to be left alone for, before the schedule's cap is applied. */
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
