/** No value of a secret is in any output: not of a usable one, nor of one that is refused. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeServer, listenOnLoopback } from '../../../local/loopback.ts';
import { type CommandLine, commandLine, type Ran } from '../command-line.ts';

const CANARY = 'canary-that-sings-in-every-field';
const SECRET_ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Credentials-abcdef';
const folder = mkdtempSync(join(tmpdir(), 'canary-'));
const FILE = join(folder, 'secret.json');

/** With the canary in each place where a person may put it. */
const SECRETS: readonly string[] = [
  ...[
    { clientId: CANARY, clientSecret: CANARY, subject: CANARY },
    { clientId: CANARY, clientSecret: CANARY, algorithm: CANARY },
    { clientId: CANARY, privateKey: CANARY },
    { clientId: CANARY, privateKey: `-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----` },
    { clientId: CANARY, clientSecret: CANARY, privateKey: CANARY },
    { clientId: CANARY, clientSecret: CANARY, [CANARY]: CANARY },
    { clientId: CANARY, clientSecret: 'REPLACE_ME' },
    { clientId: CANARY, clientSecret: `${CANARY}…` },
    { clientId: [CANARY], clientSecret: { CANARY } },
    { [CANARY]: '' },
    [CANARY],
    CANARY,
  ].map((secret) => JSON.stringify(secret)),
  CANARY,
  `{"clientId":"${CANARY}`,
  `{"clientId":"${CANARY}","clientSecret":"${CANARY}",}`,
  `{'clientId': '${CANARY}'}`,
  `{"clientId": ${CANARY}}`,
];

/** Refuses everybody, and repeats what it was sent. */
const kore = createServer(({ headers }, response) => {
  const body = JSON.stringify({ errors: [{ msg: `${headers.auth} ${CANARY}`, code: 4001 }] });
  response.writeHead(401, { 'content-type': 'application/json' }).end(body);
});
let line: CommandLine;

beforeAll(async () => {
  line = await commandLine();
  const told = { secretArn: SECRET_ARN, host: await listenOnLoopback(kore), apiScope: 'app-builder' };
  line.aws.stacks.set('DeliveryTracker', [JSON.stringify({ ...line.tracker, ...told })]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([line.close(), closeServer(kore)]);
});
afterEach(() => line.aws.refuse('PutSecretValue'));

async function ran(...argv: string[]): Promise<Ran[]> {
  const forms = [[], ['--json'], ['--output', 'csv']];
  return Promise.all(forms.map((form) => line.run('credentials', ...argv, ...form)));
}

function expectSilence(all: readonly Ran[]): void {
  for (const { stdout, stderr } of all) {
    expect(stdout + stderr).not.toBe('');
    expect(stdout + stderr).not.toMatch(/canary|eyJ/i);
  }
}

describe.each(SECRETS)('of %s nothing is said', (secret) => {
  it('by set, whether AWS takes it or quotes it', async () => {
    writeFileSync(FILE, secret);

    expectSilence(await ran('set', '--file', FILE));
    line.aws.refuse('PutSecretValue', 'ValidationException');
    expectSilence(await ran('set', '--file', FILE));
  });

  it('by check, nor after a call whose answer repeats it', async () => {
    line.aws.secrets.set(SECRET_ARN, secret);

    expectSilence(await ran('check'));
    expectSilence(await ran('check', '--call', '--stream-id', 'st-1'));
  });
});

it.each([
  ['in place of the file', ['set', '--file', `{"clientId":"${CANARY}"}`]],
  ['as an option', ['set', `--client-secret=${CANARY}`]],
  ['as an argument', ['set', CANARY, '--file', FILE]],
  ['as a command', [CANARY]],
  ['with an apostrophe', ['set', `--client-secret='${CANARY}'${CANARY}`]],
  ['as the bot', ['check', '--call', '--stream-id', `${CANARY}!`]],
  ['as the notification', ['check', '--call', `${CANARY}!`]],
])('a value that is entered %s is not repeated', async (_, argv) => {
  expectSilence(await ran(...argv));
});

it('would be heard: the API refuses, and AWS quotes', async () => {
  line.aws.secrets.set(SECRET_ARN, JSON.stringify({ clientId: CANARY, clientSecret: CANARY }));
  const [called] = await ran('check', '--call', '--stream-id', 'st-1');
  line.aws.refuse('PutSecretValue', 'ValidationException');
  writeFileSync(FILE, JSON.stringify({ clientId: CANARY, clientSecret: CANARY }));
  const [written] = await ran('set', '--file', FILE);

  expect([called?.code, written?.code]).toEqual(['KORE_CREDENTIALS_REFUSED', 'SECRET_NOT_WRITTEN']);
});
