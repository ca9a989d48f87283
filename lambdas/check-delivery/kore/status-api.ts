/** Kore's status API over HTTP (Kore.ai docs, Proactive Notification Status API V2). */
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { Obstacle } from '../obstacle.ts';
import { ObstacleError } from '../obstacle.ts';
import { readBody } from './body.ts';
import { connected } from './connection.ts';
import { KoreText } from './kore-text.ts';
import { PARTIAL_CONTENT, refusalOf } from './refusal.ts';
import { retryAfterSeconds } from './retry-after.ts';
import type { StatusAnswer } from './status-answer.ts';
import { parseStatusAnswer } from './status-answer.ts';

/** `app-builder` names the bot in the path; `admin-console` does not. */
export type ApiScope = 'app-builder' | 'admin-console';

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

export type StatusReply =
  | { readonly kind: 'answer'; readonly answer: StatusAnswer }
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle };

/** A connection that is ready for one call. */
export interface StatusCall {
  /**
   * Asks at once, or not at all. Whatever the world does to the call comes back as a value.
   *
   * @param goodUntil milliseconds since 1970, by which the call must leave; nothing where it may leave at any time.
   * @returns `'late'` where it has not left.
   */
  ask(token: string, goodUntil: number | undefined): Promise<StatusReply | 'late'>;
  /** Lets go of a connection over which nothing was asked. */
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
): Promise<StatusCall> {
  let socket: Socket;
  try {
    socket = await connected(settings.host, AbortSignal.timeout(settings.connectLimitMs));
  } catch (error) {
    throw new ObstacleError(
      'KORE_UNREACHABLE',
      unreachable(error, `no connection within ${settings.connectLimitMs / 1000} s`, settings).message,
      error,
    );
  }
  return {
    async ask(token, goodUntil) {
      // Nothing may come between this look at the clock and the writing.
      if (goodUntil !== undefined && now() > goodUntil) {
        socket.destroy();
        return 'late';
      }
      const signal = AbortSignal.timeout(settings.timeLimitMs);
      try {
        return await replyTo(
          await answerOn(socket, statusUrl(settings, notification), token, signal),
          settings,
          now,
        );
      } catch (error) {
        if (error instanceof ObstacleError) return { kind: 'obstacle', obstacle: error.obstacle };
        const cause = signal.aborted ? signal.reason : error;
        return {
          kind: 'obstacle',
          obstacle: unreachable(cause, `no whole answer within ${settings.timeLimitMs / 1000} s`, settings),
        };
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

async function replyTo(
  response: IncomingMessage,
  { sizeLimitBytes }: StatusApiSettings,
  now: () => number,
): Promise<StatusReply> {
  const { statusCode = 0, headers } = response;
  if (statusCode >= 200 && statusCode < 300 && statusCode !== PARTIAL_CONTENT) {
    const { text, isCut } = await readBody(response, sizeLimitBytes);
    if (isCut) throw tooLarge(sizeLimitBytes);
    return { kind: 'answer', answer: text.read(parseStatusAnswer) };
  }
  // The status says enough, also where the body cannot be read.
  const { text } = await readBody(response, MOST_OF_AN_ERROR_BYTES).catch(() => ({
    text: new KoreText(''),
  }));
  return {
    kind: 'obstacle',
    obstacle: { ...refusalOf(statusCode, text), ...askedBy(statusCode, headers['retry-after'], now()) },
  };
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

/** Kore.ai documents no `Retry-After`; a proxy before it may send one all the same. */
function askedBy(
  status: number,
  header: string | undefined,
  now: number,
): Pick<Obstacle, 'retryAfterSeconds'> {
  const seconds = status < 400 ? undefined : retryAfterSeconds(header ?? null, now);
  return seconds === undefined ? {} : { retryAfterSeconds: seconds };
}

function unreachable(error: unknown, timedOut: string, { host }: StatusApiSettings): Obstacle {
  const { name, code } = error as { name?: unknown; code?: unknown };
  const reason =
    name === 'TimeoutError' ? timedOut : typeof code === 'string' ? code : 'the connection failed';
  return { code: 'KORE_UNREACHABLE', message: `Kore at ${host} could not be reached: ${reason}.` };
}
