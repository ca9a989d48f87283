import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  connectToStatusApi,
  type StatusApiSettings,
  statusUrl,
} from '../../../lambdas/check-delivery/kore/status-api.ts';
import { type Obstacle, ObstacleError } from '../../../lambdas/check-delivery/obstacle.ts';
import { closeServer, listenOnLoopback } from '../../../local/loopback.ts';
import type { CannedAnswer } from '../../../testing/in-memory/canned-answer.ts';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjcy0xIn0.c2lnbmF0dXJl';
const NOW = Date.parse('2026-11-23T20:14:00Z');
const notification = { requestId: 'ds-1', streamId: 'st-1' };
const entry = { _id: 'nl-1', originalId: 'john.doe@example.com', status: 'SUCCESS' };
const ANSWER = JSON.stringify({ status: 'SUCCESS', statusLogs: [entry], count: 1 });

/** Starts a Kore on loopback that lives as long as the test, and returns its origin. */
async function kore(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  const origin = await listenOnLoopback(server);
  onTestFinished(() => closeServer(server));
  return origin;
}

function replying(
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
): RequestListener {
  return (_request, response) => response.writeHead(status, headers).end(body);
}

async function call(host: string, changes: Partial<StatusApiSettings> = {}): Promise<CannedAnswer> {
  const limits = { connectLimitMs: 5_000, timeLimitMs: 5_000, sizeLimitBytes: 100_000 };
  const settings = { host, apiScope: 'app-builder', ...limits, ...changes } as const;
  try {
    const connection = await connectToStatusApi(settings, notification, () => NOW);
    return { kind: 'answer', answer: await connection.ask(TOKEN, undefined) };
  } catch (error) {
    if (error instanceof ObstacleError) return { kind: 'obstacle', obstacle: error.obstacle };
    throw error;
  }
}

async function obstacle(host: string, changes: Partial<StatusApiSettings> = {}): Promise<Obstacle> {
  const answer = await call(host, changes);
  if (answer.kind !== 'obstacle') throw new Error('Kore answered');
  return answer.obstacle;
}

describe('the call', () => {
  async function requestSeen(changes: Partial<StatusApiSettings> = {}): Promise<IncomingMessage> {
    const seen: IncomingMessage[] = [];
    const host = await kore((request, response) => {
      seen.push(request);
      response.end(ANSWER);
    });
    await call(host, changes);
    const [request] = seen;
    if (request === undefined || seen.length > 1) throw new Error(`Kore saw ${seen.length} requests`);
    return request;
  }

  it('names the bot in the path where the scope is App Builder', async () => {
    const { method, url } = await requestSeen({ apiScope: 'app-builder' });
    expect(method).toBe('GET');
    expect(url).toBe('/api/public/bot/st-1/notifyV2/status/ds-1');
  });

  it('names no bot where the scope is Admin Console', async () => {
    const { url } = await requestSeen({ apiScope: 'admin-console' });
    expect(url).toBe('/api/public/notifyV2/status/ds-1');
  });

  it('carries the token in the header auth', async () => {
    const { headers } = await requestSeen();
    expect(headers.auth).toBe(TOKEN);
    expect(headers.authorization).toBeUndefined();
  });

  it('asks for JSON on a connection of its own', async () => {
    const { headers } = await requestSeen();
    expect(headers).toMatchObject({ accept: 'application/json', connection: 'close' });
  });

  it('opens a new connection each time', async () => {
    const ports = new Set<number | undefined>();
    const host = await kore((request, response) => {
      ports.add(request.socket.remotePort);
      response.end(ANSWER);
    });
    await call(host);
    await call(host);
    expect(ports.size).toBe(2);
  });
});

describe('a claimed call', () => {
  const connectTo = (host: string) =>
    connectToStatusApi(
      { host, apiScope: 'app-builder', connectLimitMs: 5_000, timeLimitMs: 5_000, sizeLimitBytes: 100_000 },
      notification,
      () => NOW,
    );

  it.each([
    ['leaves at the last moment', NOW, 'answered'],
    ['does not leave after it', NOW - 1, 'OUT_OF_CALL_BUDGET'],
  ])('%s', async (_, goodUntil, result) => {
    let seen = 0;
    const host = await kore((_request, response) => {
      seen += 1;
      response.end(ANSWER);
    });

    const [call] = await Promise.allSettled([(await connectTo(host)).ask(TOKEN, goodUntil)]);

    expect(call.status === 'rejected' ? call.reason.code : 'answered').toBe(result);
    expect(seen).toBe(result === 'answered' ? 1 : 0);
  });

  it('that is refused leaves no connection behind', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const server = createServer().on('connection', (socket) => socket.on('close', resolve).resume());
    const host = await listenOnLoopback(server);
    onTestFinished(() => closeServer(server));

    (await connectTo(host)).drop();

    await closed;
  });

  it.each([
    ['resets', (socket: Socket) => void socket.resetAndDestroy()],
    ['ends', (socket: Socket) => void socket.end()],
  ])('comes to nothing where Kore %s the connection before it', async (_, close) => {
    const server = createServer();
    const accepted = once(server, 'connection');
    const host = await listenOnLoopback(server);
    onTestFinished(() => closeServer(server));
    const call = await connectTo(host);
    const [socket] = await accepted;
    close(socket);
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();

    await expect(call.ask(TOKEN, undefined)).rejects.toMatchObject({ code: 'KORE_UNREACHABLE' });
  });

  it('is not made where there is no connection', async () => {
    await expect(connectTo('http://127.0.0.1:1')).rejects.toMatchObject({
      obstacle: {
        code: 'KORE_UNREACHABLE',
        message: 'Kore at http://127.0.0.1:1 could not be reached: ECONNREFUSED.',
      },
    });
  });
});

describe('the URL', () => {
  const host = 'https://platform.kore.ai';

  it('keeps an id from being more than one part of the path', () => {
    const url = statusUrl({ host, apiScope: 'app-builder' }, { requestId: 'a/b?c#d', streamId: 'e/f' });
    expect(url).toBe('https://platform.kore.ai/api/public/bot/e%2Ff/notifyV2/status/a%2Fb%3Fc%23d');
  });
});

describe('an answer', () => {
  const answered = { kind: 'answer', answer: { status: 'SUCCESS', entries: [entry], announced: 1 } };

  it('is read', async () => {
    expect(await call(await kore(replying(200, ANSWER)))).toEqual(answered);
  });

  it('is read whatever content type it claims', async () => {
    const host = await kore(replying(200, ANSWER, { 'content-type': 'text/html' }));
    expect(await call(host)).toEqual(answered);
  });

  it.each([
    ['read', 100_000],
    ['too large to be read', 10],
  ])('is none where it is said to be a part: %s', async (_, sizeLimitBytes) => {
    const found = await obstacle(await kore(replying(206, ANSWER)), { sizeLimitBytes });

    expect(found).toEqual({
      code: 'KORE_ANSWER_INVALID',
      message: 'Kore answered 206: a part of an answer, not the whole.',
    });
  });

  it('is read from gzip', async () => {
    const host = await kore(replying(200, gzipSync(ANSWER), { 'content-encoding': 'gzip' }));
    expect(await call(host)).toEqual(answered);
  });

  it('is read with a byte order mark', async () => {
    expect(await call(await kore(replying(200, `\ufeff${ANSWER}`)))).toEqual(answered);
  });

  it('keeps a character whose bytes come apart', async () => {
    const bytes = Buffer.from(JSON.stringify({ status: 'SUCCESS', statusLogs: ['日本語'] }));
    const middle = bytes.indexOf('日') + 1;
    const host = await kore((_request, response) => {
      response.write(bytes.subarray(0, middle), () =>
        globalThis.setImmediate(() => response.end(bytes.subarray(middle))),
      );
    });
    expect(await call(host)).toMatchObject({ answer: { entries: ['日本語'] } });
  });

  it('may be as large as the limit', async () => {
    const host = await kore(replying(200, ANSWER));
    expect(await call(host, { sizeLimitBytes: Buffer.byteLength(ANSWER) })).toEqual(answered);
  });
});

/** What Kore.ai publishes (Kore.ai docs, Rate Limits; the community article), and the window that each is for. */
const RATE_LIMIT_TEXTS = {
  'Rate limit for this API has been reached. Please try again after some time.': 'minute',
  'Rate limit for this API has been reached. Please try again later.': 'minute',
  "You've exceeded the per-minute rate limit. Please wait for sometime before retrying.": 'minute',
  "You've exceeded the hourly rate limit. Please wait for sometime before retrying.": 'hour',
};

describe('an error of Kore', () => {
  const errorBody = (msg: string) => JSON.stringify({ errors: [{ msg, code: 4001 }] });
  const codes: [number, Obstacle['code']][] = [
    [400, 'KORE_REQUEST_REFUSED'],
    [401, 'CREDENTIALS_REFUSED'],
    [403, 'CREDENTIALS_REFUSED'],
    [404, 'NOTIFICATION_NOT_FOUND'],
    [405, 'KORE_REQUEST_REFUSED'],
    [408, 'KORE_UNREACHABLE'],
    [422, 'KORE_REQUEST_REFUSED'],
    [429, 'RATE_LIMITED'],
    [500, 'KORE_UNREACHABLE'],
    [502, 'KORE_UNREACHABLE'],
    [503, 'KORE_UNREACHABLE'],
    [504, 'KORE_UNREACHABLE'],
  ];

  it.each(codes)('%i is %s, with the code that Kore gave', async (status, code) => {
    const host = await kore(replying(status, errorBody('Something went wrong')));
    const { code: found, message } = await obstacle(host);
    expect(found).toBe(code);
    expect(message).toContain(`Kore answered ${status} (code 4001).`);
  });

  it.each(codes)('%i is %s where its body is no JSON', async (status, code) => {
    const host = await kore(replying(status, '<html>john.doe@example.com</html>'));
    const { code: found, message } = await obstacle(host);
    expect(found).toBe(code);
    expect(message).toContain(`Kore answered ${status}.`);
  });

  it.each(codes)('%i repeats nothing of what Kore wrote', async (status) => {
    const said = `Token ${TOKEN} may not ask about john.doe@example.com`;
    const { message } = await obstacle(await kore(replying(status, errorBody(said))));
    expect(message).not.toContain('may not ask about');
    expect(message).not.toContain('eyJ');
    expect(message).not.toContain('john.doe');
  });

  describe.each(Object.entries(RATE_LIMIT_TEXTS))('with the text "%s"', (text, fullWindow) => {
    it.each([400, 401, 403, 404, 408, 409, 422, 429])('under %i is RATE_LIMITED', async (status) => {
      const { message, ...found } = await obstacle(await kore(replying(status, errorBody(text))));

      expect(found).toEqual({ code: 'RATE_LIMITED', fullWindow });
      expect(message).toContain(`Kore answered ${status} (code 4001). The bot's rate limit`);
    });

    it.each([
      ['is no JSON', text],
      ['is in capitals', text.toUpperCase()],
      ['has a typographic apostrophe', errorBody(text.replace("'", '’'))],
      ['has a typographic apostrophe escaped', errorBody(text).replace("'", '\\u2019')],
      ['has a straight apostrophe escaped', errorBody(text).replace("'", '\\u0027')],
      ['has a hyphen that does not break', errorBody(text.replace('per-minute', 'per\u2011minute'))],
      ['has its hyphen escaped', errorBody(text).replace('per-minute', 'per\\u2011minute')],
    ])('is RATE_LIMITED where it %s', async (_how, body) => {
      const found = await obstacle(await kore(replying(403, body)));

      expect(found).toMatchObject({ code: 'RATE_LIMITED', fullWindow });
    });

    it.each([
      [206, 'KORE_ANSWER_INVALID'],
      [302, 'KORE_REQUEST_REFUSED'],
      [500, 'KORE_UNREACHABLE'],
      [503, 'KORE_UNREACHABLE'],
    ])('under %i is %s: a refusal is a 4xx', async (status, code) => {
      expect((await obstacle(await kore(replying(status, errorBody(text))))).code).toBe(code);
    });
  });

  it('takes a bare 429 for a full minute', async () => {
    expect(await obstacle(await kore(replying(429, '')))).toMatchObject({ fullWindow: 'minute' });
  });

  it('is CREDENTIALS_REFUSED under 403 where another limit is spoken of', async () => {
    const host = await kore(replying(403, errorBody('Your plan has no limit on the rate of calls.')));

    expect((await obstacle(host)).code).toBe('CREDENTIALS_REFUSED');
  });

  it.each([
    ['no errors', '{"errors":[]}'],
    ['errors of another form', '{"errors":{"msg":"no"}}'],
    ['a message and code of other types', '{"errors":[{"msg":{"a":1},"code":"4001"}]}'],
    ['null', 'null'],
    ['nothing', ''],
  ])('is told by its status alone where the body holds %s', async (_what, body) => {
    const { code, message } = await obstacle(await kore(replying(401, body)));
    expect(code).toBe('CREDENTIALS_REFUSED');
    expect(message).toContain('Kore answered 401. Check');
  });

  it.each([0, 4002, 99_999])('is told by its code where it has no message: %i', async (code) => {
    const host = await kore(replying(404, JSON.stringify({ errors: [{ code }] })));
    expect((await obstacle(host)).message).toContain(`Kore answered 404 (code ${code}). Check`);
  });

  it.each([-1, 100_000, 491_711_234_567, 4001.5])(
    'has no code in %d, which may be anything',
    async (code) => {
      const host = await kore(replying(404, JSON.stringify({ errors: [{ code }] })));
      expect((await obstacle(host)).message).toContain('Kore answered 404. Check');
    },
  );
});

describe('an error of Kore with Retry-After', () => {
  it.each([400, 401, 403, 404, 408, 429, 500, 503])(
    '%i asks to be left alone for so long',
    async (status) => {
      const host = await kore(replying(status, '', { 'retry-after': '120' }));

      expect((await obstacle(host)).retryAfterSeconds).toBe(120);
    },
  );

  it('may name a date', async () => {
    const host = await kore(replying(503, '', { 'retry-after': 'Mon, 23 Nov 2026 21:14:00 GMT' }));

    expect((await obstacle(host)).retryAfterSeconds).toBe(3_600);
  });

  it('asks for nothing where that makes no sense', async () => {
    const host = await kore(replying(503, '', { 'retry-after': 'soon' }));

    expect(await obstacle(host)).not.toHaveProperty('retryAfterSeconds');
  });

  it('is heard where the body is too large to be read', async () => {
    const host = await kore(replying(503, 'x'.repeat(1_000), { 'retry-after': '120' }));

    expect((await obstacle(host, { sizeLimitBytes: 10 })).retryAfterSeconds).toBe(120);
  });
});

describe('a redirect', () => {
  it('is no refusal, and its Retry-After is not heard', async () => {
    const host = await kore(replying(302, '', { location: '/', 'retry-after': '120' }));

    expect(await obstacle(host)).not.toHaveProperty('retryAfterSeconds');
  });

  it.each([301, 302, 303, 307, 308])('%i is not followed', async (status) => {
    let visits = 0;
    const elsewhere = await kore((_request, response) => {
      visits += 1;
      response.end(ANSWER);
    });
    const host = await kore(replying(status, '', { location: `${elsewhere}/` }));
    const { code, message } = await obstacle(host);
    expect(code).toBe('KORE_REQUEST_REFUSED');
    expect(message).toContain(`Kore answered ${status}.`);
    expect(visits).toBe(0);
  });
});

describe('an answer that cannot be used', () => {
  it.each(['', 'oops', '<html>john.doe@example.com</html>', '{"ok":true}'])('is %j', async (body) => {
    const { code, message } = await obstacle(await kore(replying(200, body)));
    expect(code).toBe('KORE_ANSWER_INVALID');
    expect(message).not.toContain('john.doe');
  });

  it('is one without a body', async () => {
    expect((await obstacle(await kore(replying(204, '')))).code).toBe('KORE_ANSWER_INVALID');
  });

  it('is one larger than the limit', async () => {
    const { code, message } = await obstacle(await kore(replying(200, ANSWER)), {
      sizeLimitBytes: Buffer.byteLength(ANSWER) - 1,
    });
    expect(code).toBe('KORE_ANSWER_INVALID');
    expect(message).toContain(`larger than ${Buffer.byteLength(ANSWER) - 1} bytes`);
  });

  it('is one without end', async () => {
    const host = await kore((_request, response) => {
      const pour = () => {
        while (!response.destroyed && response.write(' '.repeat(16_384)));
      };
      response.on('drain', pour);
      pour();
    });
    expect((await obstacle(host)).code).toBe('KORE_ANSWER_INVALID');
  });

  it('is one that is larger than the limit once it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, ' '));
    expect(bomb.length).toBeLessThan(100_000);
    const host = await kore(replying(200, bomb, { 'content-encoding': 'gzip' }));
    const { code, message } = await obstacle(host);
    expect(code).toBe('KORE_ANSWER_INVALID');
    expect(message).toContain('larger than 100000 bytes');
  });
});

describe('a Kore that cannot be reached', () => {
  it('refuses the connection', async () => {
    const server = createServer();
    const host = await listenOnLoopback(server);
    await closeServer(server);
    const { code, message } = await obstacle(host);
    expect(code).toBe('KORE_UNREACHABLE');
    expect(message).toBe(`Kore at ${host} could not be reached: ECONNREFUSED.`);
  });

  it('hangs up without an answer', async () => {
    const host = await kore((request) => request.socket.resetAndDestroy());
    expect((await obstacle(host)).code).toBe('KORE_UNREACHABLE');
  });

  it('hangs up in the middle of its answer', async () => {
    const host = await kore((request, response) => {
      response.writeHead(200, { 'content-length': ANSWER.length });
      response.write(ANSWER.slice(0, 40), () => request.socket.resetAndDestroy());
    });
    const { code, message } = await obstacle(host);
    expect(code).toBe('KORE_UNREACHABLE');
    expect(message).not.toContain('john.doe');
  });

  it('speaks something else than HTTP', async () => {
    const host = await kore((request) => request.socket.end('220 mail ready\r\n'));
    expect((await obstacle(host)).code).toBe('KORE_UNREACHABLE');
  });

  it('says nothing within the time limit', async () => {
    const host = await kore(() => {});
    const { code, message } = await obstacle(host, { timeLimitMs: 100 });
    expect(code).toBe('KORE_UNREACHABLE');
    expect(message).toContain('no whole answer within 0.1 s');
  });

  it('trickles its answer beyond the time limit', async () => {
    const host = await kore((_request, response) => {
      const trickle = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(trickle));
    });
    const { code, message } = await obstacle(host, { timeLimitMs: 100 });
    expect(code).toBe('KORE_UNREACHABLE');
    expect(message).toContain('no whole answer within 0.1 s');
  });

  it('never leads to a message with the token', async () => {
    const host = await kore((request) => request.socket.destroy());
    expect((await obstacle(host)).message).not.toContain(TOKEN);
  });
});
