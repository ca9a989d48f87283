/** Which rows a tracking leaves: one for each log, in the version that was asked for last. */

import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { jumpingClock } from '../../../local/clock.ts';
import { awsFor, entry, type Fields, koreThat, STREAM_ID, says, trackAt } from '../tracking-harness.ts';

const PEOPLE = Array.from({ length: 24 }, (_, i) => i);

it('a stopped tracking that asked earlier and writes later leaves the rows of the one after it', async () => {
  const clock = jumpingClock();
  const { promise: asked, resolve: onAsked } = Promise.withResolvers<ServerResponse>();
  const kore = await koreThat((call, response) => {
    if (call === 1) return onAsked(response);
    says(
      response,
      'PARTIAL_SUCCESS',
      PEOPLE.map((i) => entry(i, 'FAILURE')),
    );
  });
  const aws = await awsFor(kore, clock);
  const input = { requestId: 'ds-overlap', streamId: STREAM_ID };
  const { promise: wrote, resolve: onCheck } = Promise.withResolvers<unknown>();

  const stopped = aws.track({ name: 'stopped', input, onCheck });
  const lateAnswer = await asked;
  stopped.stop();
  await stopped.ended;
  clock.ahead[0] = (clock.ahead[0] ?? 0) + 5_000;
  await aws.track({ name: 'after-it', input }).ended;
  says(
    lateAnswer,
    'IN_PROGRESS',
    PEOPLE.map((i) => ({ ...entry(i), status: 'SENT' })),
  );
  await wrote;

  const [event] = aws.events.map(({ detail }) => detail as Fields);
  expect(event?.data.counts).toEqual({ total: 24, delivered: 0, failed: 24 });
  const rows = ((await aws.rowsOf(input.requestId)) as Fields[]).filter(({ logId }) => logId !== '#summary');
  expect(rows.map(({ status }) => status)).toEqual(PEOPLE.map(() => 'FAILURE'));
  expect(rows.every(({ failureOf }) => failureOf !== undefined)).toBe(true);
});

describe.each<[string, (i: number, call: number) => Fields]>([
  ['with one id', (i) => ({ ...entry(i), _id: 'nl-same' })],
  ['without an id', (i) => ({ ...entry(i), _id: undefined })],
  ['with one id on two channels', (i) => ({ ...entry(i >> 1), channel: i % 2 === 0 ? 'ivr' : 'msteam' })],
  [
    'whose channel is said only in the end',
    (i, call) => ({ ...entry(i), ...(call < 3 && { channel: undefined }) }),
  ],
])('24 logs %s', (_, logOf) => {
  it('are 24 rows after three checks, each of which saw them changed and in another order', async () => {
    const statuses = ['QUEUED', 'SENT', 'SUCCESS'];
    const kore = await koreThat((call, response) => {
      const logs = PEOPLE.map((i) => ({ ...logOf(i, call), status: statuses[call - 1] }));
      says(response, call < 3 ? 'IN_PROGRESS' : 'SUCCESS', call % 2 === 0 ? logs.reverse() : logs);
    });

    const { detail, logs } = await trackAt(kore);

    expect(detail.data).toMatchObject({ checks: 3, counts: { total: 24, delivered: 24, failed: 0 } });
    expect(logs).toHaveLength(24);
  });
});

it('a retrack that Kore.ai answers with no logs counts the rows that are there', async () => {
  const kore = await koreThat((call, response) =>
    says(response, 'SUCCESS', call === 1 ? PEOPLE.map((i) => entry(i)) : []),
  );
  const aws = await awsFor(kore);
  const input = { requestId: 'ds-again', streamId: STREAM_ID };

  await aws.track({ name: 'first', input }).ended;
  const { output } = await aws.track({ name: 'again', input }).ended;

  expect(output).toMatchObject({ outcome: 'complete', counts: { total: 24, delivered: 24, failed: 0 } });
  const summary = (await aws.rowsOf(input.requestId)).find(({ logId }) => logId === '#summary');
  expect(summary).toMatchObject({ counts: { total: 24 } });
});

it('logs that the table or the SDK refuses keep no other out', async () => {
  const deep = `{"_id":"deep","x":${'['.repeat(900)}${']'.repeat(900)}}`;
  const refused = '{"_id":"refused","constructor":{"name":"Set"}}';
  const long = '{"_id":"long","number":12345678901234567890}';
  const large = JSON.stringify({ _id: 'large', comments: 'x'.repeat(400_000) });
  const fine = PEOPLE.map((i) => entry(i));
  const kore = await koreThat((_, response) => {
    const logs = [deep, refused, long, large, ...fine.map((log) => JSON.stringify(log))];
    response.end(`{"status":"SUCCESS","statusLogs":[${logs}]}`);
  });

  const { detail, logs } = await trackAt(kore);

  expect(detail.data.counts.total).toBe(24 + 4);
  const saved = new Map(logs.map(({ logId, log }) => [logId, log]));
  for (const log of fine) expect(saved.get(log._id)).toEqual(log);
  expect(saved.get('long')).toEqual({ _id: 'long', number: '12345678901234567890' });
  expect(saved.get('refused')).toBe(refused);
});
