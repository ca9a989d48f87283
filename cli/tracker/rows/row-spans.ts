/** Which rows of an index a list holds: those of a span of time, from a place on. */
import { type DynamoDBDocumentClient, paginateQuery, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import type { RowPlace } from './newest-first.ts';

/** Times are ISO 8601 in UTC, and rows of both are in. */
export interface RowSpan {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** The last row that is left out. */
  readonly after?: RowPlace | undefined;
}

/** @param span in milliseconds since 1970. */
export function rowSpanOf({
  since,
  until,
}: {
  since?: number | undefined;
  until?: number | undefined;
}): RowSpan {
  const iso = (time: number | undefined) => (time === undefined ? undefined : new Date(time).toISOString());
  return { since: iso(since), until: iso(until) };
}

/** As a cursor holds it, so that later pages are of the same span. */
export const rowSpanSchema = z.object({
  since: z.optional(z.string()),
  until: z.optional(z.string()),
  after: z.object({ createdOn: z.string(), requestId: z.string(), logId: z.string() }),
});

interface Key {
  readonly indexName: string;
  readonly name: string;
  readonly value: string;
}

/** Pages of the rows under one key of an index, newest first. */
export async function* newestUnder(
  { client, name: TableName }: { client: DynamoDBDocumentClient; name: string },
  { indexName, name, value }: Key,
  { since, until, after }: RowSpan,
  pageSize: number,
): AsyncGenerator<readonly DeliveryLogRow[]> {
  const latest = after?.createdOn ?? until;
  const [condition, times] = timeCondition(since, latest);
  const request: QueryCommandInput = {
    TableName,
    IndexName: indexName,
    KeyConditionExpression: `${name} = :key${condition}`,
    ExpressionAttributeValues: { ':key': value, ...times },
    ScanIndexForward: false,
  };
  for await (const { Items = [] } of paginateQuery({ client, pageSize }, request)) {
    yield Items as DeliveryLogRow[];
  }
}

function timeCondition(since: string | undefined, until: string | undefined): [string, object] {
  if (since !== undefined && until !== undefined) {
    return [' AND createdOn BETWEEN :since AND :until', { ':since': since, ':until': until }];
  }
  if (since !== undefined) return [' AND createdOn >= :since', { ':since': since }];
  return until === undefined ? ['', {}] : [' AND createdOn <= :until', { ':until': until }];
}
