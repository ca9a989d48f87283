/** `credentials set` and `credentials check`: what is written, what is refused, and what Kore.ai says of it. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseCredentials } from '../../../contract/credentials.ts';
import { realClock } from '../../../local/clock.ts';
import { type KoreSimulator, koreSimulator } from '../../../local/kore/simulator.ts';
import { closeServer, listenOnLoopback } from '../../../local/loopback.ts';
import { type CommandLine, commandLine } from '../command-line.ts';

const SECRET_ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Credentials-abcdef';
const SECRET = JSON.stringify({ clientId: 'cs-1', clientSecret: 'a-secret-of-more-than-32-bytes-for-tests' });
const OTHER = JSON.stringify({
  clientId: 'cs-1',
  clientSecret: 'another-secret-of-more-than-32-bytes-as-well',
});
const PLACEHOLDER = '{"clientId":"REPLACE_ME","clientSecret":"REPLACE_ME"}';
const KEY = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
}).privateKey;

const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
const FILE = join(folder, 'secret.json');
/** Also while a test sets the clock of this machine. */
const now = Date.now.bind(Date);
let line: CommandLine;
let kore: KoreSimulator;

beforeAll(async () => {
  [line, kore] = await Promise.all([
    commandLine(),
    koreSimulator(parseCredentials(SECRET), { ...realClock(), now }),
  ]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([line.close(), kore.close()]);
});
beforeEach(() => {
  describes({});
  line.aws.secrets.set(SECRET_ARN, PLACEHOLDER);
  line.aws.operations.length = 0;
});
afterEach(() => {
  line.aws.refuse('PutSecretValue');
  line.aws.refuse('GetSecretValue');
});

/** Has the tracker of 0.2.0 described, with changes. */
function describes(changes: object): void {
  const told = { secretArn: SECRET_ARN, host: kore.origin, apiScope: 'app-builder' };
  line.aws.stacks.set('DeliveryTracker', [JSON.stringify({ ...line.tracker, ...told, ...changes })]);
}
const stored = () => line.aws.secrets.get(SECRET_ARN);
const set = (text: string, ...options: string[]) =>
  line.runIn({ input: text }, 'credentials', 'set', '--file', '-', ...options);
const check = (...options: string[]) => line.run('credentials', 'check', ...options);

describe('credentials set', () => {
  it('writes a usable secret as it is, and says what comes next', async () => {
    writeFileSync(FILE, SECRET);

    const { status, stdout } = await line.run('credentials', 'set', '--file', FILE);

    expect([status, stored()]).toEqual([0, SECRET]);
    expect(stdout).toContain('The secret of Tracker has the credentials; tokens are signed with HS256.');
    expect(stdout).toContain('Now delete the file');
    expect(stdout).toMatch(/NOT_CONFIGURED .* go on at their next check/);
    expect(stdout).toContain('delivery-tracker credentials check --call --stream-id BOT\n');
  });

  it('takes a private key, from standard input, and tells a machine', async () => {
    const { status, document } = await set(
      JSON.stringify({ clientId: 'cs-1', privateKey: KEY, algorithm: 'RS512' }),
      '--json',
    );

    expect(status).toBe(0);
    expect(document).toEqual({
      written: true,
      tracker: 'Tracker',
      secretArn: SECRET_ARN,
      algorithm: 'RS512',
    });
    expect(line.aws.operations).toEqual(['DescribeStacks', 'DescribeStacks', 'PutSecretValue']);
  });

  it.each([
    ['PLACEHOLDER', PLACEHOLDER],
    ['PLACEHOLDER', '{"clientId":"cs-…","clientSecret":"…"}'],
    ['NOT_JSON', 'clientId=cs-1'],
    ['NOT_JSON', '["cs-1"]'],
    ['FIELD_MISSING', '{"clientId":"cs-1"}'],
    ['FIELD_INVALID', '{"clientId":"cs-1","clientSecret":["s"]}'],
    ['FIELD_UNKNOWN', '{"clientId":"cs-1","clientSecret":"s","algoritm":"HS512"}'],
    ['KEY_MALFORMED', '{"clientId":"cs-1","privateKey":"no key"}'],
    ['ALGORITHM_UNKNOWN', '{"clientId":"cs-1","clientSecret":"s","algorithm":"RS256"}'],
  ])('refuses with %s before it asks AWS for anything: %s', async (code, text) => {
    const ran = await set(text);

    expect(ran).toMatchObject({ status: 2, code, stdout: '' });
    expect(ran.stderr).toContain('Nothing was written.');
    expect(line.aws.operations).toEqual([]);
  });

  it('says which field is not known, by its place', async () => {
    const { stderr } = await set('{"clientId":"cs-1","clientSecret":"s","algoritm":"HS512"}');

    expect(stderr).toMatch(
      /^Field 3 of the secret is none of clientId, clientSecret, privateKey, algorithm, subject/,
    );
  });

  it('is refused without a file that can be read', async () => {
    expect(await line.run('credentials', 'set')).toMatchObject({ status: 2, code: 'WRONG_USAGE' });
    expect(await line.run('credentials', 'set', '--file', folder)).toMatchObject({
      status: 2,
      code: 'FILE_UNREADABLE',
    });
  });

  it.each([
    ['AccessDeniedException', 6, 'NOT_PERMITTED'],
    ['InvalidRequestException', 1, 'SECRET_NOT_WRITTEN'],
  ])('says that AWS refuses it: %s', async (refusal, status, code) => {
    line.aws.refuse('PutSecretValue', refusal);

    const ran = await set(SECRET);

    expect(ran).toMatchObject({ status, code, stdout: '' });
    expect(ran.stderr).toContain('secretsmanager:PutSecretValue');
  });
});

describe('credentials check', () => {
  it('says that the secret is usable, and how to have it tried', async () => {
    describes({ defaultStreamId: 'st-default' });
    line.aws.secrets.set(SECRET_ARN, SECRET);

    const { status, stdout } = await check();

    expect(status).toBe(0);
    expect(stdout).toContain('The secret of Tracker is usable; tokens are signed with HS256.');
    expect(stdout).toContain('delivery-tracker credentials check --call\n');
    expect(kore.answers).toEqual([]);
  });

  it.each([
    ['PLACEHOLDER', PLACEHOLDER],
    ['NOT_JSON', 'cs-1'],
    ['ALGORITHM_UNKNOWN', '{"clientId":"cs-1","clientSecret":"s","algorithm":"none"}'],
  ])('finds %s, and says how to put others in: %s', async (code, text) => {
    line.aws.secrets.set(SECRET_ARN, text);

    const ran = await check();

    expect(ran).toMatchObject({ status: 1, code, stdout: '' });
    expect(ran.stderr).toContain('delivery-tracker credentials set --file secret.json');
  });

  it.each(['set', 'check'])('needs a tracker that tells where its secret is, as %s does', async (command) => {
    describes({ secretArn: undefined });

    const ran = command === 'set' ? await set(SECRET) : await check();

    expect(ran).toMatchObject({ status: 4, code: 'TRACKER_TOO_OLD' });
  });

  it('names the permission that is missing', async () => {
    line.aws.refuse('GetSecretValue', 'AccessDeniedException');

    const ran = await check();

    expect(ran).toMatchObject({ status: 6, code: 'NOT_PERMITTED' });
    expect(ran.stderr).toContain('secretsmanager:GetSecretValue');
  });
});

describe('credentials check --call', () => {
  let before = 0;
  const call = (...options: string[]) => check('--call', '--stream-id', 'st-1', ...options);
  beforeEach(() => {
    kore.accept(parseCredentials(SECRET));
    line.aws.secrets.set(SECRET_ARN, SECRET);
    before = kore.answers.length;
  });
  const answers = () => kore.answers.slice(before);

  it('takes it for accepted that Kore.ai does not know what does not exist', async () => {
    const { status, stdout } = await call();

    expect([status, answers()]).toEqual([0, [404]]);
    expect(stdout).toContain('Kore.ai accepts the credentials.');
  });

  it('may ask about a notification that exists', async () => {
    const course = { durationSeconds: 1, fails: () => false, fault: () => undefined };
    kore.send({ requestId: 'ds-1', streamId: 'st-1', recipients: 1, course });

    const { document } = await check('--call', 'ds-1', '--stream-id', 'st-1', '--json');

    expect(document.call).toEqual({ requestId: 'ds-1', streamId: 'st-1', isKnown: true });
  });

  it('takes the bot that the tracker has for a default', async () => {
    describes({ defaultStreamId: 'st-default' });

    const { document } = await check('--call', '--json');

    expect(document.call).toMatchObject({ streamId: 'st-default', isKnown: false });
  });

  it('says what to check where Kore.ai refuses the credentials', async () => {
    kore.accept(parseCredentials(OTHER));

    const ran = await call();

    expect(ran).toMatchObject({ status: 1, code: 'KORE_CREDENTIALS_REFUSED', stdout: '' });
    for (const cause of ['client id', 'HS256', 'App Builder: Proactive Messages', 'published']) {
      expect(ran.stderr).toContain(cause);
    }
  });

  it('says that it knows nothing where Kore.ai cannot be reached', async () => {
    describes({ host: 'http://127.0.0.1:9' });

    const ran = await call();

    expect(ran).toMatchObject({ status: 1, code: 'KORE_CALL_INCONCLUSIVE' });
    expect(ran.stderr).toContain('KORE_UNREACHABLE');
  });

  it('does not take the 404 of another server for one of Kore.ai', async () => {
    const other = createServer((_, response) => response.writeHead(404).end('<h1>Not found</h1>'));
    describes({ host: await listenOnLoopback(other) });

    const ran = await call();
    await closeServer(other);

    expect(ran).toMatchObject({ status: 1, code: 'KORE_CALL_INCONCLUSIVE', stdout: '' });
    expect(ran.stderr).toContain('delivery-tracker credentials check --call REQUEST_ID --stream-id st-1');
  });

  it('goes by the clock of AWS where that of this machine is wrong', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 600_000 });
    try {
      expect(await call()).toMatchObject({ status: 0, stderr: '' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('makes no call without a bot, or with a bot alone', async () => {
    expect(await check('--call')).toMatchObject({ status: 2, code: 'STREAM_ID_MISSING' });
    expect(await check('--stream-id', 'st-1')).toMatchObject({ status: 2, code: 'WRONG_USAGE' });
    expect(answers()).toEqual([]);
  });

  it('makes no call with a secret that is not usable', async () => {
    line.aws.secrets.set(SECRET_ARN, PLACEHOLDER);

    expect(await call()).toMatchObject({ code: 'PLACEHOLDER' });
    expect(answers()).toEqual([]);
  });
});
