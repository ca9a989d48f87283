/** Kore.ai on this machine: the documented status API, with its tokens, its limits and its bad days. */
import { createServer, type IncomingMessage } from 'node:http';
import type { Credentials } from '../../contract/credentials.ts';
import type { Clock } from '../clock.ts';
import { closeServer, listenOnLoopback } from '../loopback.ts';
import { type SentNotification, shareOf, statusBody } from './notification.ts';
import { KORE_WINDOWS, type RateLimit, rateLimit, type Window } from './rate-limit.ts';
import { SAMPLE_BODY, SAMPLE_REQUEST_ID, SAMPLE_STREAM_ID } from './sample.ts';
import type { Course, Fault } from './scenario.ts';
import { type TokenCheck, tokenCheck } from './token-check.ts';

export interface KoreSimulator {
  readonly origin: string;
  /** Sends a notification now. */
  send(notification: UnsentNotification): void;
  /** Accepts tokens of these credentials only, from now on. */
  accept(credentials: Credentials): void;
  /** Status codes of all answers so far, in order. */
  readonly answers: readonly number[];
  close(): Promise<void>;
}

export type UnsentNotification = Omit<SentNotification, 'sentAt'>;

interface Answer {
  readonly status: number;
  readonly body: string;
}

const PATH = /^\/api\/public(?:\/bot\/([^/]+))?\/notifyV2\/status\/([^/]+)$/;

/**
 * @param windows the rate limits of each bot.
 * @param seeded what it sends when it is first asked for that id, where it knows nothing of it.
 */
export async function koreSimulator(
  credentials: Credentials,
  clock: Clock,
  windows: readonly Window[] = KORE_WINDOWS,
  seeded: (requestId: string, streamId: string) => UnsentNotification | undefined = () => undefined,
): Promise<KoreSimulator> {
  const notifications = new Map<string, SentNotification>();
  const limits = new Map<string, RateLimit>();
  const answers: number[] = [];
  let checkToken: TokenCheck = tokenCheck(credentials);

  function send(notification: UnsentNotification): void {
    notifications.set(notification.requestId, { ...notification, sentAt: clock.now() });
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const [, streamId, requestId] = PATH.exec(request.url ?? '') ?? [];
    if (requestId === undefined || request.method !== 'GET') return error(404, 'Not found', 4004);
    const now = clock.now();
    const unsent = notifications.has(requestId) ? undefined : seeded(requestId, streamId ?? '');
    if (unsent !== undefined) send(unsent);
    const notification = notifications.get(requestId);
    const fault = notification && faultOf(notification, notification.course, now);

    if (fault === 'down') return error(503, 'Service unavailable', 5003);
    const wrong = await checkToken(headerOf(request, 'auth'), now);
    if (wrong !== undefined) return error(401, `Unauthorized: ${wrong}`, 4002);
    if (fault === 'unauthorized') return error(401, 'Unauthorized: the client is not known', 4002);
    if (fault === 'rate-limited' || !limitOf(streamId ?? 'admin-console').admits(now)) {
      return error(429, 'Rate limit for this API has been reached. Please try again after some time.', 4290);
    }
    if (requestId === SAMPLE_REQUEST_ID && (streamId ?? SAMPLE_STREAM_ID) === SAMPLE_STREAM_ID) {
      return { status: 200, body: SAMPLE_BODY };
    }
    const isKnown =
      notification !== undefined && (streamId ?? notification.streamId) === notification.streamId;
    if (!isKnown || fault === 'unknown-id') return error(404, 'No notification has this request id', 4041);
    return { status: 200, body: JSON.stringify(statusBody(notification, now)) };
  }

  function limitOf(bot: string): RateLimit {
    const limit = limits.get(bot) ?? rateLimit(windows);
    limits.set(bot, limit);
    return limit;
  }

  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request);
    answers.push(status);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });

  return {
    origin: await listenOnLoopback(server),
    answers,
    send,
    accept(accepted) {
      checkToken = tokenCheck(accepted);
    },
    close: () => closeServer(server),
  };
}

function faultOf(notification: SentNotification, course: Course, now: number): Fault | undefined {
  return course.fault(shareOf(notification, now));
}

/** The form of Kore.ai's errors; the codes are not published in full, so these are made up. */
function error(status: number, msg: string, code: number): Answer {
  return { status, body: JSON.stringify({ errors: [{ msg, code }] }) };
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
