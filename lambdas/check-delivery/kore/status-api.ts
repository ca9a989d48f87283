/** Kore's status API over HTTP (Kore.ai docs, Proactive Notification Status API V2). */
import type { Obstacle } from '../obstacle.ts';
import { ObstacleError } from '../obstacle.ts';
import { fullWindowOf } from '../rate-limit.ts';
import { KoreText } from './kore-text.ts';
import { retryAfterSeconds } from './retry-after.ts';
import type { StatusAnswer } from './status-answer.ts';
import { parseStatusAnswer } from './status-answer.ts';

/** `app-builder` names the bot in the path; `admin-console` does not. */
export type ApiScope = 'app-builder' | 'admin-console';

export interface StatusApiSettings {
  /** Origin of Kore's API, such as `https://platform.kore.ai`. */
  readonly host: string;
  readonly apiScope: ApiScope;
  /** Milliseconds from the request to the last byte of the answer. */
  readonly timeLimitMs: number;
  /** Bytes of the answer after decompression. */
  readonly sizeLimitBytes: number;
}

export interface NotificationName {
  readonly requestId: string;
  readonly streamId?: string | undefined;
}

export type StatusReply =
  | { readonly kind: 'answer'; readonly answer: StatusAnswer }
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle };

/**
 * One call to Kore. Whatever the world does to it comes back as a value.
 *
 * @param now milliseconds since 1970.
 */
export async function callStatusApi(
  settings: StatusApiSettings,
  notification: NotificationName,
  token: string,
  now: () => number,
): Promise<StatusReply> {
  try {
    const response = await fetch(statusUrl(settings, notification), {
      // A container that was frozen between checks would find a kept connection dead.
      headers: { auth: token, accept: 'application/json', connection: 'close' },
      // A redirect would carry the token to another host.
      redirect: 'manual',
      signal: AbortSignal.timeout(settings.timeLimitMs),
    });
    const body = readBody(response, settings.sizeLimitBytes);
    if (response.ok && response.status !== PARTIAL_CONTENT) {
      return { kind: 'answer', answer: (await body).read(parseStatusAnswer) };
    }
    // The status says enough, also where the body cannot be read.
    const obstacle = obstacleOf(response.status, await body.catch(() => new KoreText('')));
    return { kind: 'obstacle', obstacle: { ...obstacle, ...askedBy(response, now()) } };
  } catch (error) {
    if (error instanceof ObstacleError) return { kind: 'obstacle', obstacle: error.obstacle };
    return { kind: 'obstacle', obstacle: unreachable(error, settings) };
  }
}

/**
 * The URL of a notification's status. Without the bot for the Admin Console scope: the docs require the bot's id for
 * App Builder only, and Kore's other Admin Console endpoints drop `/bot/{id}`; this path itself is not written there.
 */
export function statusUrl(
  { host, apiScope }: Pick<StatusApiSettings, 'host' | 'apiScope'>,
  { requestId, streamId }: NotificationName,
): string {
  const bot = apiScope === 'app-builder' ? `/bot/${encodeURIComponent(streamId ?? '')}` : '';
  return `${host}/api/public${bot}/notifyV2/status/${encodeURIComponent(requestId)}`;
}

/** Nobody asked for a part: a cache or a proxy has answered. */
const PARTIAL_CONTENT = 206;

async function readBody(response: Response, sizeLimitBytes: number): Promise<KoreText> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > sizeLimitBytes) {
      throw new ObstacleError(
        'KORE_ANSWER_INVALID',
        `Kore's answer is larger than ${sizeLimitBytes} bytes and was not read to its end.`,
      );
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return new KoreText(text + decoder.decode());
}

function obstacleOf(status: number, body: KoreText): Obstacle {
  if (status === PARTIAL_CONTENT) {
    return {
      code: 'KORE_ANSWER_INVALID',
      message: 'Kore answered 206: a part of an answer, not the whole.',
    };
  }
  const code = body.read(errorCodeIn);
  const said = `Kore answered ${status}${code === undefined ? '' : ` (code ${code})`}`;
  const fullWindow = body.read((text) => fullWindowOf(status, text));
  if (fullWindow !== undefined) {
    const message = `${said}. The bot's rate limit is used up.`;
    return { code: 'RATE_LIMITED', message, fullWindow };
  }
  if (status === 401 || status === 403) {
    return {
      code: 'CREDENTIALS_REFUSED',
      message: `${said}. Check client id, key, algorithm and API scope of the app in Kore.ai, then update the secret.`,
    };
  }
  if (status === 404) {
    return { code: 'NOTIFICATION_NOT_FOUND', message: `${said}. Check the request id and the stream id.` };
  }
  if (status >= 500 || status === 408) {
    return { code: 'KORE_UNREACHABLE', message: `${said}.` };
  }
  return { code: 'KORE_REQUEST_REFUSED', message: `${said}. Check the host and the API scope.` };
}

/** Kore.ai documents no `Retry-After`; a proxy before it may send one all the same. */
function askedBy({ status, headers }: Response, now: number): Pick<Obstacle, 'retryAfterSeconds'> {
  const seconds = status < 400 ? undefined : retryAfterSeconds(headers.get('retry-after'), now);
  return seconds === undefined ? {} : { retryAfterSeconds: seconds };
}

/** Kore's codes have four digits, as far as they are documented; a longer number may be anybody's. */
const LARGEST_CODE = 99_999;

/** Kore's code, where the body has the documented form `{"errors":[{"msg","code"}]}`. Its `msg` may name anybody. */
function errorCodeIn(body: string): number | undefined {
  try {
    const { code } = JSON.parse(body).errors[0];
    return Number.isInteger(code) && code >= 0 && code <= LARGEST_CODE ? code : undefined;
  } catch {
    return undefined;
  }
}

function unreachable(error: unknown, { host, timeLimitMs }: StatusApiSettings): Obstacle {
  const reason =
    error instanceof Error && error.name === 'TimeoutError'
      ? `no whole answer within ${timeLimitMs / 1000} s`
      : networkReason(error);
  return {
    code: 'KORE_UNREACHABLE',
    message: `Kore at ${host} could not be reached: ${reason}.`,
  };
}

function networkReason(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : 'the connection failed';
}
