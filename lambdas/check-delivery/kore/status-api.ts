/** Kore's status API over HTTP (Kore.ai docs, Proactive Notification Status API V2). */
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { ApiScope } from '../../../contract/api-scope.ts';
import { ObstacleError } from '../obstacle.ts';
import { readBody } from './answer/body.ts';
import { KoreText } from './answer/kore-text.ts';
import { PARTIAL_CONTENT, refusalOf } from './answer/refusal.ts';
import { retryAfterSeconds } from './answer/retry-after.ts';
import type { StatusAnswer } from './answer/status-answer.ts';
import { parseStatusAnswer } from './answer/status-answer.ts';
import { connected } from './connection.ts';

export interface StatusApiSettings {
  /** Origin of Kore's API, such as `https://platform.kore.ai`. */
  readonly host: string;
  readonly apiScope: ApiScope;
  /** Milliseconds until there is a connection, TLS included. */
  readonly connectLimitMs: number;
  /** Milliseconds from the request to the last byte of the answer. */
  readonly timeLimitMs: number;
  /** Bytes of the answer after decompression. */
  readonly sizeLimitBytes: number;
}

export interface NotificationName {
  readonly requestId: string;
  readonly streamId?: string | undefined;
}

/** A connection that is ready for one call. */
export interface StatusConnection {
  /**
   * Asks at once, or not at all.
   *
   * @param goodUntil milliseconds since 1970, by which the call must leave; nothing where it may leave at any time.
   * @throws ObstacleError `OUT_OF_CALL_BUDGET` where it has not left; `RATE_LIMITED`, `CREDENTIALS_REFUSED`, `NOTIFICATION_NOT_FOUND`,
   * `KORE_REQUEST_REFUSED`, `KORE_ANSWER_INVALID` or `KORE_UNREACHABLE` for what Kore or the network does to it.
   */
  ask(token: string, goodUntil: number | undefined): Promise<StatusAnswer>;
  /** Closes a connection over which nothing was asked. */
  drop(): void;
}

/**
 * @param now milliseconds since 1970.
 * @throws ObstacleError `KORE_UNREACHABLE`.
 */
export async function connectToStatusApi(
  settings: StatusApiSettings,
  notification: NotificationName,
  now: () => number,
): Promise<StatusConnection> {
  const { host, connectLimitMs, timeLimitMs } = settings;
  let socket: Socket;
  try {
    socket = await connected(host, AbortSignal.timeout(connectLimitMs));
  } catch (error) {
    throw unreachable(error, `no connection within ${connectLimitMs / 1000} s`, settings);
  }
  return {
    async ask(token, goodUntil) {
      // Nothing may come between this look at the clock and the writing.
      if (goodUntil !== undefined && now() > goodUntil) {
        socket.destroy();
        throw outOfCallBudget();
      }
      const signal = AbortSignal.timeout(timeLimitMs);
      try {
        const response = await answerOn(socket, statusUrl(settings, notification), token, signal);
        return await readAnswer(response, settings, now);
      } catch (error) {
        if (error instanceof ObstacleError) throw error;
        const cause = signal.aborted ? signal.reason : error;
        throw unreachable(cause, `no whole answer within ${timeLimitMs / 1000} s`, settings);
      } finally {
        socket.destroy();
      }
    },
    drop: () => socket.destroy(),
  };
}

function answerOn(socket: Socket, url: string, token: string, signal: AbortSignal): Promise<IncomingMessage> {
  const { host, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    // A request on a socket that is closed by now would say nothing, not even when it is given up.
    signal.addEventListener('abort', () => reject(signal.reason));
    socket.once('close', () => reject(new Error('the connection was closed')));
    if (socket.destroyed) throw new Error('the connection was closed');
    request({
      createConnection: () => socket,
      path: pathname,
      headers: {
        host,
        auth: token,
        accept: 'application/json',
        'accept-encoding': 'gzip',
        connection: 'close',
      },
      signal,
    })
      .on('response', resolve)
      .on('error', reject)
      .end();
  });
}

async function readAnswer(
  response: IncomingMessage,
  { sizeLimitBytes }: StatusApiSettings,
  now: () => number,
): Promise<StatusAnswer> {
  const { statusCode = 0, headers } = response;
  if (statusCode >= 200 && statusCode < 300 && statusCode !== PARTIAL_CONTENT) {
    const { text, isCut } = await readBody(response, sizeLimitBytes);
    if (isCut) throw tooLarge(sizeLimitBytes);
    return text.read(parseStatusAnswer);
  }
  // The status says enough, also where the body cannot be read.
  const { text } = await readBody(response, MOST_OF_AN_ERROR_BYTES).catch(() => ({
    text: new KoreText(''),
  }));
  // Kore.ai documents no `Retry-After`; a proxy before it may send one all the same.
  const retryAfter = statusCode < 400 ? undefined : retryAfterSeconds(headers['retry-after'] ?? null, now());
  throw refusalOf(statusCode, text, retryAfter);
}

/** Kore's own errors have some hundred bytes; what a proxy sends may have any number, and any shape. */
const MOST_OF_AN_ERROR_BYTES = 16 * 1024;

function tooLarge(sizeLimitBytes: number): ObstacleError {
  return new ObstacleError(
    'KORE_ANSWER_INVALID',
    `Kore's answer is larger than ${sizeLimitBytes} bytes and was not read to its end.`,
  );
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

function unreachable(error: unknown, timedOut: string, { host }: StatusApiSettings): ObstacleError {
  const { name, code } = error as { name?: unknown; code?: unknown };
  const reason =
    name === 'TimeoutError' ? timedOut : typeof code === 'string' ? code : 'the connection failed';
  return new ObstacleError('KORE_UNREACHABLE', `Kore at ${host} could not be reached: ${reason}.`);
}

/** Also for a call that was claimed and did not leave in time: it stays counted, and no other check may use it. */
export function outOfCallBudget(): ObstacleError {
  return new ObstacleError(
    'OUT_OF_CALL_BUDGET',
    "No call to Kore was free: the bot's rate limit is booked by other trackings.",
  );
}
