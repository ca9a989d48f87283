/** Many final events are read at once, and again where DynamoDB leaves some out. */
import type { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { FINAL_EVENT_ID } from '../../../contract/table-names.ts';
import { finalEventReaderIn } from '../../../lambdas/check-campaign/rows/final-event-reader.ts';
import { finalEventsIn } from '../../../lambdas/check-delivery/rows/final-event-table.ts';
import { readDeployment } from '../../../local/aws/deployment.ts';
import { type TableServer, tableServer } from '../../../local/aws/table-server.ts';

const { table } = readDeployment(inject('assembly'), 'DeliveryTracker');
const noHurry = () => new AbortController().signal;
const arnsOf = (count: number) => Array.from({ length: count }, (_, i) => `arn:${i}`);

let server: TableServer;
beforeAll(async () => {
  server = await tableServer(table);
});
afterAll(() => server.close());

it('reads those that are there', async () => {
  const events = finalEventsIn(server.client, table.name);
  for (const i of [0, 120, 249]) {
    const row = { outcome: 'complete', detailType: 'x', detail: `{"i":${i}}`, expiresAt: 1 } as const;
    await events.record({ requestId: `arn:${i}`, logId: FINAL_EVENT_ID, ...row });
  }
  const reader = finalEventReaderIn(server.client, table.name, async () => {});

  const found = await reader.read(arnsOf(250), noHurry());

  expect([...found.keys()].toSorted()).toEqual(['arn:0', 'arn:120', 'arn:249']);
  expect(found.get('arn:120')).toEqual({ requestId: 'arn:120', outcome: 'complete', detail: '{"i":120}' });
  expect(await reader.read([], noHurry())).toEqual(new Map());
});

it('is an obstacle where the time is up', async () => {
  const reader = finalEventReaderIn(server.client, table.name, async () => {});

  const reading = reader.read(arnsOf(1), AbortSignal.abort());

  await expect(reading).rejects.toMatchObject({ code: 'TABLE_UNREACHABLE' });
});

describe('what DynamoDB leaves out', () => {
  interface Key {
    readonly requestId: string;
  }
  /** Gives this many of the rows in each answer. */
  const sparing = (given: number) => {
    const requests: string[][] = [];
    const send = async ({ input }: BatchGetCommand) => {
      const keys = (input.RequestItems?.[table.name]?.Keys ?? []) as unknown as Key[];
      requests.push(keys.map(({ requestId }) => requestId));
      const left = keys.slice(given);
      return {
        Responses: {
          [table.name]: keys.slice(0, given).map((key) => ({ ...key, outcome: 'failed', detail: '' })),
        },
        ...(left.length > 0 && { UnprocessedKeys: { [table.name]: { Keys: left } } }),
      };
    };
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    return { requests, waits, reader: finalEventReaderIn({ send } as never, table.name, sleep) };
  };

  it('is asked for again', async () => {
    const { reader, requests, waits } = sparing(2);

    const found = await reader.read(arnsOf(5), noHurry());

    expect([...found.keys()]).toEqual(arnsOf(5));
    expect(requests).toEqual([arnsOf(5), arnsOf(5).slice(2), arnsOf(5).slice(4)]);
    expect(waits).toHaveLength(2);
  });

  it('is an obstacle in the end', async () => {
    const { reader, requests, waits } = sparing(0);

    await expect(reader.read(arnsOf(1), noHurry())).rejects.toMatchObject({ code: 'TABLE_UNREACHABLE' });
    expect(requests).toHaveLength(8);
    expect(waits).toHaveLength(7);
  });

  it('is asked for after waits that are longer each time, less at random', async () => {
    const { reader, waits } = sparing(0);

    await reader.read(arnsOf(1), noHurry()).catch(() => {});

    const longest = [50, 100, 200, 400, 800, 1_600, 3_200];
    expect(waits.filter((ms, i) => !(ms >= 0 && ms <= (longest[i] ?? 0)))).toEqual([]);
  });
});
