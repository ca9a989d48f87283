/** The row of an execution's end: written once, in DynamoDB and in memory alike, and read as the end that it was. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { endedBy, finalEventRow } from '../../../lambdas/check-delivery/ending/final-event-row.ts';
import type { Ended } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import { type FinalEvents, finalEventsIn } from '../../../lambdas/check-delivery/rows/final-event-table.ts';
import { readDeployment } from '../../../local/aws/deployment.ts';
import { type TableServer, tableServer } from '../../../local/aws/table-server.ts';
import { LOCAL_REGION } from '../../../local/aws/template.ts';
import { finalEventsInMemory } from '../../../testing/in-memory/final-events-in-memory.ts';

const { table } = readDeployment(inject('assembly'), 'DeliveryTracker');
const NOW = Date.parse('2026-01-01T00:00:00Z');

let server: TableServer;
beforeAll(async () => {
  server = await tableServer(table);
});
afterAll(() => server.close());

const ended = (outcome: Ended['outcome'], arn: string, data: object = {}): Ended => ({
  outcome,
  detail: {
    metadata: { id: arn, version: '1' },
    data: { requestId: 'ds-1', error: { code: 'X', message: 'x' }, ...data },
  } as Ended['detail'],
  output: { outcome, counts: { total: 0, delivered: 0, failed: 0 } },
});
const rowOf = (end: Ended, retentionDays = 90) => finalEventRow(end, { now: NOW, retentionDays });

const STORES: readonly [string, () => FinalEvents][] = [
  ['DynamoDB', () => finalEventsIn(server.client, table.name)],
  ['memory', finalEventsInMemory],
];

describe.each(STORES)('in %s', (place, store) => {
  const arn = `arn:of:${place}`;

  it('the first end is kept, and handed to what records another', async () => {
    const events = store();
    const [first, second] = [rowOf(ended('complete', arn)), rowOf(ended('failed', arn), 365)];

    expect(await events.record(first)).toEqual(first);
    expect(await events.record(second)).toEqual(first);
    expect(await events.record(rowOf(ended('failed', `${arn}:other`)))).toMatchObject({ outcome: 'failed' });
  });
});

it('stands under the execution, out of the way of its notification', async () => {
  const row = rowOf(ended('timed-out', 'arn:of:row'));

  await finalEventsIn(server.client, table.name).record(row);

  expect(await server.rowsOf('arn:of:row')).toEqual([
    {
      requestId: 'arn:of:row',
      logId: '#final-event',
      outcome: 'timed-out',
      detailType: 'Notification Delivery Timed Out',
      detail: row.detail,
      expiresAt: NOW / 1000 + 90 * 86_400,
    },
  ]);
});

it('stays for fifteen days at least, for a redrive', () => {
  expect(rowOf(ended('failed', 'arn'), 1).expiresAt).toBe(NOW / 1000 + 15 * 86_400);
});

it('cannot be written where the table is away, and says so', async () => {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: 'http://127.0.0.1:1',
      region: LOCAL_REGION,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    }),
  );

  await expect(finalEventsIn(client, table.name).record(rowOf(ended('failed', 'arn')))).rejects.toMatchObject(
    {
      obstacle: { code: 'TABLE_UNREACHABLE', message: expect.stringContaining('did not take or give rows') },
    },
  );
});

describe('the end that it tells', () => {
  it('has the status and the counts of the event in its output', () => {
    const counts = { total: 3, delivered: 2, failed: 1 };
    const row = rowOf(ended('complete', 'arn', { status: 'PARTIAL_SUCCESS', counts }));

    expect(endedBy(row)).toStrictEqual({
      outcome: 'complete',
      detail: JSON.parse(row.detail),
      output: { outcome: 'complete', status: 'PARTIAL_SUCCESS', counts },
    });
  });

  it('has counts of nothing where the event has none', () => {
    expect(endedBy(rowOf(ended('failed', 'arn'))).output).toStrictEqual({
      outcome: 'failed',
      counts: { total: 0, delivered: 0, failed: 0 },
    });
  });
});
