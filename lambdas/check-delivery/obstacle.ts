/** Expected trouble. An obstacle ends no tracking; only the deadline does. */
import { awsRequestId, errorName } from '../aws-error.ts';
import type { Log } from './telemetry/log.ts';

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

/** Both windows are rolling; a full hour blocks every call, also where the minute has room (Kore.ai docs, Rate Limits). */
export type FullWindow = 'minute' | 'hour';

export interface Obstacle extends ObstacleDetails {
  readonly code: ObstacleCode;
  /** One sentence for the operator, with what to do. Never holds a secret, a token or an address. */
  readonly message: string;
}

interface ObstacleDetails {
  /** Which of Kore's windows is full, where it refused the call by its rate limit. */
  readonly fullWindow?: FullWindow | undefined;
  /** For how long Kore asks to be left alone, where it says so by `Retry-After`. */
  readonly retryAfterSeconds?: number | undefined;
}

/** How every port reports an obstacle. */
export class ObstacleError extends Error {
  override readonly name = 'ObstacleError';
  readonly code: ObstacleCode;
  readonly obstacle: Obstacle;

  constructor(
    code: ObstacleCode,
    message: string,
    { cause, fullWindow, retryAfterSeconds }: ObstacleDetails & { readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.obstacle = {
      code,
      message,
      ...(fullWindow !== undefined && { fullWindow }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    };
  }
}

/** What became of an attempt. */
export type Attempted<T> =
  | { readonly value: T; readonly obstacle?: undefined }
  | { readonly obstacle: Obstacle };

/** Turns an expected error into its obstacle, and logs it. This is the only place that does; any other error is a bug, and goes up. */
export async function expectObstacle<T>(attempt: Promise<T>, log: Log): Promise<Attempted<T>> {
  try {
    return { value: await attempt };
  } catch (error) {
    if (!(error instanceof ObstacleError)) throw error;
    warnOf(error, log);
    return { obstacle: error.obstacle };
  }
}

function warnOf({ obstacle, cause }: ObstacleError, log: Log): void {
  const { code, message: reason, fullWindow, retryAfterSeconds } = obstacle;
  const error = cause instanceof Error ? errorName(cause) : undefined;
  log.warn('obstacle', {
    code,
    reason,
    fullWindow,
    retryAfterSeconds,
    error,
    awsRequestId: awsRequestId(cause),
  });
}
