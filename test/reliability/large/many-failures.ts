/** DynamoDB's answers for an index with many failures, from a formula: no store is as fast, and the memory of this one is none. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../../../local/loopback.ts';

export interface ManyFailures {
  readonly origin: string;
  /** Queries that were answered. */
  readonly queries: () => number;
  close(): Promise<void>;
}

const SHARDED = /#(\d+)$/;
export const REASON = `The number is not reachable: ${'x'.repeat(200)}`;

export const addressOf = (index: number) => `person.${index % 4_000}@example.com`;

/** @param perShard failures of each shard of the day, a second apart. */
export async function manyFailures(day: string, perShard: number): Promise<ManyFailures> {
  let queries = 0;
  const server = createServer(async (request, response) => {
    const { ExpressionAttributeValues, Limit, ExclusiveStartKey } = JSON.parse(await text(request));
    queries += 1;
    const key: string = ExpressionAttributeValues[':key']?.S ?? '';
    const shard = Number(SHARDED.exec(key)?.[1] ?? -1);
    const count = key.includes(`#${day}#`) ? perShard : 0;
    const from = Number(ExclusiveStartKey?.at.N ?? 0);
    const end = Math.min(count, from + Number(Limit));
    const Items = Array.from({ length: Math.max(0, end - from) }, (_, i) => item(key, shard, from + i, day));
    const last = end < count ? { LastEvaluatedKey: { at: { N: String(end) } } } : {};
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ Items, Count: Items.length, ...last }));
  });
  return { origin: await listenOnLoopback(server), queries: () => queries, close: () => closeServer(server) };
}

/** About as long as a row of Kore.ai's logs. */
function item(failureOf: string, shard: number, index: number, day: string) {
  const createdOn = new Date(Date.parse(`${day}T23:00:00Z`) - 1000 * index - shard).toISOString();
  const address = addressOf(index);
  const S = (value: string) => ({ S: value });
  return {
    requestId: S(`ds-30bd9810-c2f0-5d3c-a6ee-${String(index % 100).padStart(12, '0')}`),
    logId: S(`nl-${shard}-${index}`),
    recipient: S(address),
    status: S('FAILURE'),
    ...{ createdOn: S(createdOn), failureOf: S(failureOf), savedAt: S(createdOn) },
    log: {
      M: {
        originalId: S(address),
        channel: S('ivr'),
        comments: S(REASON),
        createdOn: S(createdOn),
      },
    },
  };
}
