/** A table of 100,000 rows: who asks it by key or index reads a few of them. */
import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { failureKeys } from '../../../contract/delivery-log-row.ts';
import { BOTS_PARTITION } from '../../../contract/table-names.ts';
import { toRows } from '../../../lambdas/check-delivery/rows/to-rows.ts';
import { closeServer, listenOnLoopback } from '../../../local/loopback.ts';
import type { Scenario } from '../scenarios.ts';
import { runCommand } from './command-line.ts';

const BOT = 'st-large';
const NOTIFICATIONS = 100;
const RECIPIENTS = 1_000;
const WRITERS = 8;

export const CLI_LARGE_TABLE: Scenario = {
  name: 'delivery-tracker show, recipient and failures at 100,000 rows, by queries alone',
  async run({ outputs }) {
    await fill(outputs.DeliveryTracker?.TableName ?? '');
    const { origin, operations, close } = await recordingProxy(process.env.AWS_ENDPOINT_URL ?? '');
    const ask = async (...args: string[]) => {
      operations.length = 0;
      const { status, stdout, stderr } = await runCommand([...args, '--json'], {
        AWS_ENDPOINT_URL_DYNAMODB: origin,
      }).ended;
      assert.equal(status, 0, stderr);
      assert.deepEqual(
        [...new Set(operations)].filter((one) => !['Query', 'GetItem'].includes(one)),
        [],
      );
      return { document: JSON.parse(stdout), requests: operations.length };
    };
    try {
      const show = await ask('show', 'ds-large-7');
      assert.deepEqual(show.document.counts, { total: RECIPIENTS, delivered: RECIPIENTS - 1, failed: 1 });
      assert.ok(show.requests <= 4, `show: ${show.requests} requests`);

      const recipient = await ask('recipient', 'person.500@example.com', '--limit', '1000');
      assert.equal(JSON.stringify(recipient.document).match(/ds-large-/g)?.length, NOTIFICATIONS);
      assert.ok(recipient.requests <= 2, `recipient: ${recipient.requests} requests`);

      const failures = await ask('failures', '--since', '24h', '--stream-id', BOT, '--limit', '1000');
      assert.equal(failures.document.failures.length, NOTIFICATIONS);
      const keys = failureKeys(BOT, '2026-11-24').length;
      assert.ok(failures.requests <= 2 * keys, `failures: ${failures.requests} requests`);
      const all = await ask('failures', '--limit', '10000');
      assert.ok(all.document.failures.length >= NOTIFICATIONS);
    } finally {
      await close();
    }
  },
};

/** Rows as checks write them, without checking each against the table. */
async function fill(TableName: string): Promise<void> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient());
  const now = Date.now();
  const saving = { now, askedAt: now, retentionDays: 90 };
  const createdOn = new Date(now - 60_000).toISOString();
  const batches: Record<string, unknown>[][] = [];
  for (let notification = 0; notification < NOTIFICATIONS; notification += 1) {
    const entries = Array.from({ length: RECIPIENTS }, (_, index) => ({
      _id: `nl-${index}`,
      originalId: `person.${index}@example.com`,
      channel: 'ivr',
      status: index === notification ? 'FAILURE' : 'SUCCESS',
      comments: 'sent',
      createdOn,
    }));
    const rows = toRows(entries, { requestId: `ds-large-${notification}`, streamId: BOT }, saving);
    for (let i = 0; i < rows.length; i += 25) batches.push(rows.slice(i, i + 25).map((row) => ({ ...row })));
  }
  batches.push([{ requestId: BOTS_PARTITION, logId: BOT }]);
  const lane = async () => {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
      const RequestItems = { [TableName]: batch.map((Item) => ({ PutRequest: { Item } })) };
      await client.send(new BatchWriteCommand({ RequestItems }));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, lane));
}

/** Hands requests on, and notes their operations. */
async function recordingProxy(endpoint: string) {
  const operations: string[] = [];
  const server = createServer((incoming, response) => {
    const { method = 'POST', url = '/', headers } = incoming;
    operations.push(String(headers['x-amz-target']).replace(/^.*\./, ''));
    const onward = request(new URL(url, endpoint), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  return { origin: await listenOnLoopback(server), operations, close: () => closeServer(server) };
}
