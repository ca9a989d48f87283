import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Credentials, parseCredentials } from '../../contract/credentials.ts';
import { signToken } from '../../lambdas/check-delivery/kore/access/token.ts';
import { type Clock, jumpingClock } from '../../local/clock.ts';
import { KORE_WINDOWS, rateLimit } from '../../local/kore/rate-limit.ts';
import { SAMPLE_BODY, SAMPLE_REQUEST_ID, SAMPLE_STREAM_ID } from '../../local/kore/sample.ts';
import { COURSES, type Scenario } from '../../local/kore/scenario.ts';
import { type KoreSimulator, koreSimulator } from '../../local/kore/simulator.ts';

const CLIENT_SECRET = 'a client secret of more than thirty-two bytes';
const credentials = parseCredentials(JSON.stringify({ clientId: 'cs-1', clientSecret: CLIENT_SECRET }));
const streamId = 'st-1';
const requestId = 'ds-1';

let clock: Clock;
let kore: KoreSimulator;
beforeEach(async () => {
  // The machine's time stands still; the clock moves where a test moves it.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-01T00:00:00Z') });
  clock = jumpingClock();
  kore = await koreSimulator(credentials, clock);
});
afterEach(async () => {
  await kore.close();
  vi.useRealTimers();
});

const pass = (seconds: number) => clock.sleepUntil(clock.now() + seconds * 1000);
const send = (scenario: Scenario, recipients = 24) =>
  kore.send({ requestId, streamId, recipients, course: COURSES[scenario] });
const pathOf = (bot: string, id: string) => `/api/public/bot/${bot}/notifyV2/status/${id}`;

async function get(path: string, token?: string, method = 'GET') {
  const auth = token ?? (await signToken(credentials, clock.now()));
  const response = await fetch(kore.origin + path, { method, headers: { auth } });
  return { status: response.status, text: await response.text() };
}

interface Log {
  readonly _id: string;
  readonly status: string;
  readonly comments: string;
  readonly createdOn: string;
}

async function statusNow(): Promise<{ statusLogs: Log[]; count: number; status: string; streamId: string }> {
  const { status, text } = await get(pathOf(streamId, requestId));
  expect(status).toBe(200);
  return JSON.parse(text);
}

describe('the sample', () => {
  it('is answered word for word', async () => {
    const answer = await get(pathOf(SAMPLE_STREAM_ID, SAMPLE_REQUEST_ID));
    expect(answer).toEqual({ status: 200, text: SAMPLE_BODY });
  });

  it('is answered on the path of the Admin Console, which names no bot', async () => {
    const answer = await get(`/api/public/notifyV2/status/${SAMPLE_REQUEST_ID}`);
    expect(answer).toEqual({ status: 200, text: SAMPLE_BODY });
  });

  it('is not known to another bot', async () => {
    expect(await get(pathOf('st-other', SAMPLE_REQUEST_ID))).toMatchObject({ status: 404 });
  });
});

describe('a token', () => {
  const path = pathOf(SAMPLE_STREAM_ID, SAMPLE_REQUEST_ID);

  interface Wishes {
    readonly appId?: string;
    readonly audience?: string;
    readonly jti?: string | null;
    readonly ageSeconds?: number;
    readonly lifeSeconds?: number;
    readonly key?: Credentials['key'];
    readonly algorithm?: string;
  }
  /** A token that is good but for what is wished. */
  function token(wishes: Wishes = {}): Promise<string> {
    const { appId = 'cs-1', audience = 'https://idproxy.kore.ai/authorize', jti = randomUUID() } = wishes;
    const { ageSeconds = 0, lifeSeconds = 300, key = credentials.key, algorithm = 'HS256' } = wishes;
    const issuedAt = clock.now() / 1000 - ageSeconds;
    const unsigned = new SignJWT({ appId, ...(jti !== null && { jti }) });
    return unsigned
      .setProtectedHeader({ alg: algorithm })
      .setSubject('cs-1')
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifeSeconds)
      .sign(key);
  }

  it('is accepted when all is as documented', async () => {
    expect((await get(path, await token())).status).toBe(200);
  });

  it('may live for an hour', async () => {
    expect((await get(path, await token({ lifeSeconds: 3600 }))).status).toBe(200);
  });

  it.each<[string, Wishes]>([
    ['has no jti', { jti: null }],
    ['has an empty jti', { jti: '' }],
    ['lives longer than an hour', { lifeSeconds: 3601 }],
    ['has expired', { ageSeconds: 600 }],
    ['names another app', { appId: 'cs-2' }],
    ['is for another audience', { audience: 'https://example.com' }],
    ['is signed with another key', { key: new TextEncoder().encode('x'.repeat(64)) }],
    ['is signed with another algorithm', { algorithm: 'HS512' }],
  ])('is refused when it %s', async (_, wishes) => {
    expect((await get(path, await token(wishes))).status).toBe(401);
  });

  it('is refused the second time', async () => {
    const once = await token();
    expect((await get(path, once)).status).toBe(200);
    expect((await get(path, once)).status).toBe(401);
  });

  it('is refused when its jti was used by another', async () => {
    await get(path, await token({ jti: 'used' }));
    expect((await get(path, await token({ jti: 'used' }))).status).toBe(401);
  });

  it('is refused when it is none', async () => {
    expect((await get(path, 'nonsense')).status).toBe(401);
  });

  it('is demanded', async () => {
    const response = await fetch(kore.origin + path);
    expect(response.status).toBe(401);
    await response.text();
  });

  it('is refused in the documented form, without a word of it', async () => {
    const refused = await token({ appId: 'cs-2' });
    const { text } = await get(path, refused);
    expect(JSON.parse(text)).toEqual({ errors: [{ msg: expect.any(String), code: expect.any(Number) }] });
    expect(text).not.toContain(refused);
  });

  it('is judged by the credentials that hold now', async () => {
    const rotated = { clientId: 'cs-2', clientSecret: 'another client secret of thirty-two bytes' };
    const newCredentials = parseCredentials(JSON.stringify(rotated));
    kore.accept(newCredentials);
    expect((await get(path)).status).toBe(401);
    expect((await get(path, await signToken(newCredentials, clock.now()))).status).toBe(200);
  });

  it('may be signed with a private key', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const withKey = parseCredentials(JSON.stringify({ clientId: 'cs-1', privateKey: pem }));
    kore.accept(withKey);
    expect((await get(path, await signToken(withKey, clock.now()))).status).toBe(200);
  });
});

describe('a delivery', () => {
  it('is in progress, with nothing delivered, right after it was sent', async () => {
    send('success');
    expect(await statusNow()).toEqual({ statusLogs: [], count: 0, status: 'IN_PROGRESS', streamId });
  });

  it('reaches one recipient after the other', async () => {
    send('success');
    pass(5);
    expect(await statusNow()).toMatchObject({ count: 12, status: 'IN_PROGRESS' });
    pass(2.5);
    expect(await statusNow()).toMatchObject({ count: 18, status: 'IN_PROGRESS' });
  });

  it('is final with its last recipient', async () => {
    send('success');
    pass(10);
    const { count, statusLogs, status } = await statusNow();
    expect({ count, logs: statusLogs.length, status }).toEqual({ count: 24, logs: 24, status: 'SUCCESS' });
  });

  it('does not change any more once it is final', async () => {
    send('partial');
    pass(10);
    const final = await statusNow();
    pass(86_400);
    expect(await statusNow()).toEqual(final);
  });

  it('only adds logs, each with an id of its own and a date in the past', async () => {
    send('partial');
    pass(4);
    const early = await statusNow();
    pass(4);
    const late = await statusNow();
    expect(late.statusLogs.slice(0, early.count)).toEqual(early.statusLogs);
    expect(new Set(late.statusLogs.map(({ _id }) => _id)).size).toBe(late.count);
    for (const { createdOn } of late.statusLogs)
      expect(Date.parse(createdOn)).toBeLessThanOrEqual(clock.now());
  });

  it('has logs with the fields of the sample', async () => {
    send('success', 1);
    pass(10);
    const [log] = (await statusNow()).statusLogs;
    const [sample] = JSON.parse(SAMPLE_BODY).statusLogs;
    expect(Object.keys(log ?? {}).sort()).toEqual(Object.keys(sample).sort());
  });

  it('says why a recipient was not reached, and lacks what only a delivery has', async () => {
    send('failure', 1);
    pass(10);
    const [log] = (await statusNow()).statusLogs;
    expect(log).toMatchObject({ status: 'FAILURE', comments: expect.stringMatching(/\w/) });
    for (const field of ['koreId', 'channelId', 'messagestoreId']) expect(log).not.toHaveProperty(field);
  });
});

describe('the scenario', () => {
  it.each<[Scenario, string]>([
    ['success', 'SUCCESS'],
    ['partial', 'PARTIAL_SUCCESS'],
    ['failure', 'FAILURE'],
    ['outage', 'PARTIAL_SUCCESS'],
    ['rate-limited', 'PARTIAL_SUCCESS'],
  ])('"%s" ends with %s after ten seconds', async (scenario, status) => {
    send(scenario);
    pass(10);
    expect(await statusNow()).toMatchObject({ status, count: 24 });
  });

  it('"partial" fails with three of 24 recipients', async () => {
    send('partial');
    pass(10);
    const { statusLogs } = await statusNow();
    expect(statusLogs.filter(({ status }) => status === 'FAILURE')).toHaveLength(3);
  });

  it('"slow" takes half a minute', async () => {
    send('slow');
    pass(29);
    expect(await statusNow()).toMatchObject({ status: 'IN_PROGRESS' });
    pass(1);
    expect(await statusNow()).toMatchObject({ status: 'PARTIAL_SUCCESS' });
  });

  it.each<[Scenario, number[]]>([
    ['outage', [200, 503, 200, 200]],
    ['rate-limited', [429, 429, 200, 200]],
    ['unauthorized', [401, 401, 401, 401]],
    ['unknown-id', [404, 404, 404, 404]],
  ])('"%s" answers %j after 1, 5, 9 and 13 seconds', async (scenario, statuses) => {
    send(scenario);
    pass(1);
    const seen: number[] = [];
    for (const wait of [4, 4, 4, 0]) {
      seen.push((await get(pathOf(streamId, requestId))).status);
      pass(wait);
    }
    expect(seen).toEqual(statuses);
  });

  it('"rate-limited" answers with the documented text', async () => {
    send('rate-limited');
    const { text } = await get(pathOf(streamId, requestId));
    expect(text).toMatch(/Rate limit for this API has been reached/);
  });
});

describe('what nobody sent', () => {
  it('is not found by its request id', async () => {
    const { status, text } = await get(pathOf(streamId, 'ds-unknown'));
    expect(status).toBe(404);
    expect(JSON.parse(text)).toEqual({ errors: [{ msg: expect.any(String), code: expect.any(Number) }] });
  });

  it('is not found on a bot that did not send it', async () => {
    send('success');
    expect((await get(pathOf('st-other', requestId))).status).toBe(404);
  });

  it.each(['/', '/api/public/bot/st-1/notify/status/ds-1', '/api/public/bot/st-1/notifyV2/status/ds-1/more'])(
    'is not found at %s',
    async (path) => {
      send('success');
      expect((await get(path)).status).toBe(404);
    },
  );

  it('is not found by another method than GET', async () => {
    send('success');
    expect((await get(pathOf(streamId, requestId), undefined, 'POST')).status).toBe(404);
  });
});

it('sends what is seeded when it is first asked for it', async () => {
  await kore.close();
  const seeded = (id: string, bot: string) =>
    id === requestId ? { requestId, streamId: bot, recipients: 24, course: COURSES.success } : undefined;
  kore = await koreSimulator(credentials, clock, KORE_WINDOWS, seeded);
  await pass(60);
  const first = await statusNow();
  await pass(5);

  expect([first.count, (await statusNow()).count]).toEqual([0, 12]);
});

it('remembers its answers in order', async () => {
  send('success');
  await get(pathOf(streamId, requestId));
  await get(pathOf(streamId, requestId), 'nonsense');
  await get(pathOf(streamId, 'ds-unknown'));
  expect(kore.answers).toEqual([200, 401, 404]);
});

describe('the rate limit', () => {
  it("is Kore's: 600 calls in a minute and 18,000 in an hour", () => {
    expect(KORE_WINDOWS).toEqual([
      { seconds: 60, calls: 600 },
      { seconds: 3600, calls: 18_000 },
    ]);
  });

  it('admits the calls of a minute and refuses the next', () => {
    const limit = rateLimit();
    const admitted = Array.from({ length: 601 }, () => limit.admits(0));
    expect(admitted.filter(Boolean)).toHaveLength(600);
    expect(admitted.at(-1)).toBe(false);
  });

  it('rolls: a call makes room for another exactly a minute later', () => {
    const limit = rateLimit([{ seconds: 60, calls: 2 }]);
    limit.admits(0);
    limit.admits(30_000);
    expect(limit.admits(59_999)).toBe(false);
    expect(limit.admits(60_000)).toBe(true);
    expect(limit.admits(60_001)).toBe(false);
    expect(limit.admits(90_000)).toBe(true);
  });

  it('holds in the hour where the minute has room', () => {
    const limit = rateLimit([
      { seconds: 60, calls: 2 },
      { seconds: 3600, calls: 3 },
    ]);
    const admitted = [0, 120, 240, 360, 3599, 3600].map((seconds) => limit.admits(seconds * 1000));
    expect(admitted).toEqual([true, true, true, false, false, true]);
  });

  it('does not count the calls that it refused', () => {
    const limit = rateLimit([{ seconds: 60, calls: 1 }]);
    limit.admits(0);
    for (const time of [10_000, 20_000, 59_000]) expect(limit.admits(time)).toBe(false);
    expect(limit.admits(60_000)).toBe(true);
  });

  it('is enforced for each bot by itself', async () => {
    send('success');
    const path = pathOf(streamId, requestId);
    for (let call = 0; call < 600; call += 50) {
      await Promise.all(Array.from({ length: 50 }, () => get(path)));
    }
    expect(new Set(kore.answers)).toEqual(new Set([200]));
    expect((await get(path)).status).toBe(429);
    expect((await get(pathOf('st-other', requestId))).status).toBe(404);
    pass(60);
    expect((await get(path)).status).toBe(200);
  });
});
