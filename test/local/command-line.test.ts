/** `npm start` as a person or a program meets it: its own process, its output and its exit status. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { campaignCompleteSchema } from '../../contract/campaign/campaign-event.ts';
import { parseCredentials } from '../../contract/credentials.ts';
import { trackingFailedSchema } from '../../contract/event/final-event.ts';
import { readDeployment } from '../../local/aws/deployment.ts';
import { realClock } from '../../local/clock.ts';
import { SAMPLE_BODY, SAMPLE_REQUEST_ID, SAMPLE_STREAM_ID } from '../../local/kore/sample.ts';
import { type KoreSimulator, koreSimulator } from '../../local/kore/simulator.ts';
import { closeServer, listenOnLoopback } from '../../local/loopback.ts';
import { HOSTILE, MARK, obeyedIn } from '../hostile-text.ts';
import { entry, SECRET, says } from '../workflow/tracking-harness.ts';

const LOCAL = join(import.meta.dirname, '..', '..', 'bin', 'local.ts');
const NOWHERE = 'http://127.0.0.1:9';
const INTERRUPTED = 'Interrupted: the run was stopped. It was in memory, so nothing of it is left here.';
/** A campaign is as long as its longest notification and a wait of its own. */
const OF_CAMPAIGN = { timeout: 60_000 };

function start(...options: string[]) {
  return spawn(process.execPath, [LOCAL, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(...options: string[]) {
  const process_ = start(...options);
  const exit = new Promise<number | null>((resolve) => process_.once('exit', resolve));
  const [stdout, stderr, status] = await Promise.all([text(process_.stdout), text(process_.stderr), exit]);
  return { stdout, stderr, status };
}

const directory = mkdtempSync(join(tmpdir(), 'secrets-'));
const SECRET_FILE = join(directory, 'secret.json');
let kore: KoreSimulator;
/** A server in Kore's place that never comes to an end, and the moment of its first request. */
let endless: Server;
let endlessOrigin: string;
let firstRequest: Promise<unknown>;

beforeAll(async () => {
  writeFileSync(SECRET_FILE, SECRET);
  kore = await koreSimulator(parseCredentials(SECRET), realClock());
  endless = createServer((_, response) => says(response, 'IN_PROGRESS'));
  firstRequest = once(endless, 'request');
  endlessOrigin = await listenOnLoopback(endless);
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await Promise.all([kore.close(), closeServer(endless)]);
});

const at = (host: string) => [
  '--host',
  host,
  '--request-id',
  'ds-1',
  '--stream-id',
  'st-1',
  '--secret-file',
  SECRET_FILE,
];

it.concurrent('runs on the Node major that the function runs on', () => {
  const [major] = process.versions.node.split('.');

  expect(`nodejs${major}.x`).toBe('nodejs24.x');
  expect(readDeployment(inject('assembly'), 'DeliveryTracker').function.handler).toBe('index.handler');
});

it.concurrent('prints one JSON document with everything that the vendor’s own sample holds', async () => {
  const options = [
    '--request-id',
    SAMPLE_REQUEST_ID,
    '--stream-id',
    SAMPLE_STREAM_ID,
    '--max-wait-seconds',
    '1',
  ];

  const { stdout, status } = await run(
    '--json',
    '--host',
    kore.origin,
    ...options,
    '--secret-file',
    SECRET_FILE,
  );

  const document = JSON.parse(stdout);
  expect(status).toBe(0);
  expect(document).toMatchObject({
    execution: { name: SAMPLE_REQUEST_ID, status: 'SUCCEEDED', checks: 1, output: { outcome: 'complete' } },
    event: { source: 'notification-delivery-tracker', detailType: 'Notification Delivery Complete' },
    summary: { outcome: 'complete', counts: { total: 2, delivered: 2, failed: 0 } },
  });
  expect(document.deliveryLogs.map(({ log }: { log: unknown }) => log)).toEqual(
    JSON.parse(SAMPLE_BODY).statusLogs,
  );
  expect(JSON.stringify(document.event)).not.toContain('@');
});

it.concurrent('shows each check, the failed recipients with their reasons, the rows and the event', async () => {
  const { stdout, status } = await run('--recipients', '6');

  expect(status).toBe(0);
  expect(stdout).toMatch(/check 1 +IN_PROGRESS +\d of 6/);
  expect(stdout).toMatch(/check \d +PARTIAL_SUCCESS +6 of 6 .*100 %/);
  expect(stdout).toMatch(/recipient\.0006@example\.com +ivr +The number is not reachable/);
  expect(stdout).toContain('Delivery complete: PARTIAL_SUCCESS');
  expect(stdout).toContain('5 delivered, 1 failed');
  expect(stdout).toContain('6 delivery logs and 1 summary in the table');
  expect(stdout).toContain('Event "Notification Delivery Complete" from notification-delivery-tracker');
});

it.concurrent(
  'shows each check of a campaign with its notification, and how the campaign ended',
  OF_CAMPAIGN,
  async () => {
    const { stdout, status } = await run('--campaign', '2', '--recipients', '6');

    expect(status).toBe(0);
    expect(stdout).toMatch(/ds-[0-9a-f]{8}… +check 1 +IN_PROGRESS +\d of 6/);
    expect(stdout).toMatch(/campaign +check \d+ +complete +2 of 2 .*100 %/);
    expect(stdout).toMatch(/\ncampaign-[0-9a-f-]+ +Campaign complete\n +notifications +2 complete, of 2\n/);
    expect(stdout).toMatch(/ds-[0-9a-f]{8}… +PARTIAL_SUCCESS +1 of 6: recipient\.0005@example\.com\n/);
    expect(stdout).toMatch(/under "#campaign#campaign-[0-9a-f-]+" and "#summary", beside 14 rows/);
    expect(stdout).toContain('Event "Campaign Delivery Complete" from notification-delivery-tracker');
    expect(obeyedIn(stdout)).toEqual([]);
  },
);

it.concurrent(
  'prints one JSON document of a campaign, and exits with 3 where a notification timed out',
  OF_CAMPAIGN,
  async () => {
    const options = ['--scenario', 'slow', '--deadline-seconds', '8'];

    const { stdout, status } = await run('--json', '--campaign', '2', ...options);

    const { campaign, trackings } = JSON.parse(stdout);
    expect(status).toBe(3);
    expect(campaignCompleteSchema.parse(campaign.event.detail).data.notifications).toMatchObject({
      expected: 2,
      timedOut: 2,
    });
    expect(campaign.summary).toMatchObject({ logId: '#summary', outcome: 'complete' });
    expect(trackings.map(({ event }: { event: { detailType: string } }) => event.detailType)).toEqual([
      'Notification Delivery Timed Out',
      'Notification Delivery Timed Out',
    ]);
  },
);

it.concurrent('exits with 3 where the tracking timed out', async () => {
  const { stdout, status } = await run('--json', '--scenario', 'slow', '--deadline-seconds', '1');

  expect(status).toBe(3);
  expect(JSON.parse(stdout).event.detailType).toBe('Notification Delivery Timed Out');
});

it.concurrent('exits with 1 where the tracking failed', async () => {
  const { stdout, status } = await run('--json', '--deadline-seconds', '1', ...at(NOWHERE));

  const { execution, event } = JSON.parse(stdout);
  expect(status).toBe(1);
  expect(execution).toMatchObject({ status: 'FAILED', output: null });
  expect(trackingFailedSchema.parse(event.detail).data.error.code).toBe('KORE_UNREACHABLE');
});

it.concurrent.each([
  ['a path for an id', ['--request-id', '../x'], '--request-id'],
  ['a campaign at a host', ['--campaign', '5', '--host', NOWHERE], '--campaign'],
  [
    'more than 2,000 checks',
    ['--deadline-seconds', '9000', '--max-wait-seconds', '2'],
    'more than 2000 checks',
  ],
])('exits with 2 and one sentence on %s', async (_, options, sentence) => {
  const { stdout, stderr, status } = await run('--json', ...options);

  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

it.concurrent('prints nothing of Kore’s that a terminal obeys', async () => {
  const log = { ...entry(1, 'FAILURE'), originalId: HOSTILE, comments: HOSTILE, channel: HOSTILE };
  const hostile = createServer((_, response) => says(response, 'FAILURE', [log]));
  const origin = await listenOnLoopback(hostile);

  const { stdout, stderr } = await run(...at(origin), '--max-wait-seconds', '1');
  await closeServer(hostile);

  expect(stdout).toContain(MARK);
  expect(obeyedIn(stdout + stderr)).toEqual([]);
});

it.concurrent('quotes nothing of a wrong host that a terminal obeys', async () => {
  const { stderr, status } = await run(...at(`http://${HOSTILE.replaceAll('\0', '')}`));

  expect(status).toBe(2);
  expect(obeyedIn(stderr)).toEqual([]);
});

it.concurrent('stops everything on Ctrl-C, and says in a line what is left', async () => {
  const process_ = start(...at(endlessOrigin), '--max-wait-seconds', '1');
  const exit = new Promise<number | null>((resolve) => process_.once('exit', resolve));
  const errors = text(process_.stderr);

  await firstRequest;
  process_.kill('SIGINT');

  expect(await exit).toBe(130);
  expect(await errors).toBe(`${INTERRUPTED} Kore.ai goes on delivering ds-1.\n`);
});

it.concurrent('stops a whole campaign on Ctrl-C', async () => {
  const process_ = start('--campaign', '3', '--max-wait-seconds', '1');
  const exit = new Promise<number | null>((resolve) => process_.once('exit', resolve));
  const errors = text(process_.stderr);

  let shown = '';
  for await (const chunk of process_.stdout) {
    shown += chunk;
    if (/ds-.* check 1/.test(shown)) process_.kill('SIGINT');
  }

  expect(await exit).toBe(130);
  expect(await errors).toBe(`${INTERRUPTED}\n`);
  expect(shown).not.toContain('Campaign complete');
});
