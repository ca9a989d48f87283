/** Queries of the delivery log table: each goes to a key or an index, none scans. */
import {
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import {
  type DeliveryLogRow,
  FAILURE_SHARDS,
  failureKeys,
  type Summary,
} from '../../contract/delivery-log-row.ts';
import { BOTS_PARTITION, FAILURE_INDEX, RECIPIENT_INDEX, SUMMARY_ID } from '../../contract/table-names.ts';
import { eachOf, newestOf } from './newest-rows.ts';

export interface DeliveryLogTable {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

export type RowKey = Pick<DeliveryLogRow, 'requestId' | 'logId'>;

/** Rows, and whether there are more behind them. */
export interface Found {
  readonly rows: readonly DeliveryLogRow[];
  readonly more: boolean;
}

export async function summaryOf(
  { client, name }: DeliveryLogTable,
  requestId: string,
): Promise<Summary | undefined> {
  const Key = { requestId, logId: SUMMARY_ID };
  const { Item } = await client.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }));
  return Item as Summary | undefined;
}

/** All rows of a notification, without its summary. */
export async function rowsOf(table: DeliveryLogTable, requestId: string): Promise<DeliveryLogRow[]> {
  const { rows } = await query(table, Number.POSITIVE_INFINITY, {
    KeyConditionExpression: 'requestId = :requestId AND logId > :summary',
    ExpressionAttributeValues: { ':requestId': requestId, ':summary': SUMMARY_ID },
    ConsistentRead: true,
  });
  return rows;
}

/**
 * What a person was sent, newest first.
 *
 * @param recipient normalised.
 */
export async function rowsOfRecipient(
  table: DeliveryLogTable,
  recipient: string,
  limit: number,
): Promise<Found> {
  const found = await eachOf(formsOf(recipient), (form) =>
    query(table, limit, { ...byRecipient(form), ScanIndexForward: false }),
  );
  const rows = found.flatMap((one) => one.rows).sort(newestFirst);
  return { rows: rows.slice(0, limit), more: rows.length > limit || found.some(({ more }) => more) };
}

/** Keys of all rows of a person, as far as the index knows: it follows the table within a second or so. */
export async function keysOfRecipient(table: DeliveryLogTable, recipient: string): Promise<RowKey[]> {
  const found = await eachOf(formsOf(recipient), (form) =>
    query(table, Number.POSITIVE_INFINITY, {
      ...byRecipient(form),
      ProjectionExpression: 'requestId, logId',
    }),
  );
  return found.flatMap(({ rows }) => rows);
}

/** 0.1.0 kept letters with accents as Kore sent them, composed or not. */
function formsOf(recipient: string): readonly string[] {
  return [...new Set([recipient, recipient.normalize('NFD')])];
}

/** Bots that had failures, by stream id. */
export async function botsWithFailures(table: DeliveryLogTable): Promise<string[]> {
  const { rows } = await query(table, Number.POSITIVE_INFINITY, {
    KeyConditionExpression: 'requestId = :bots',
    ExpressionAttributeValues: { ':bots': BOTS_PARTITION },
  });
  return rows.map(({ logId }) => logId);
}

/**
 * Failures on these bots, newest first.
 *
 * @param days in UTC, latest first.
 * @param since ISO 8601 in UTC.
 */
export async function failuresOf(
  table: DeliveryLogTable,
  bots: readonly string[],
  { days, since }: { days: readonly string[]; since: string },
  limit: number,
): Promise<Found> {
  const rows: DeliveryLogRow[] = [];
  for (const day of days) {
    // One more than the limit shows whether there are more.
    const wanted = limit + 1 - rows.length;
    const parts = bots
      .flatMap((bot) => failureKeys(bot, day))
      .map((failureOf) => failurePages(table, failureOf, since, wanted));
    rows.push(...(await newestOf(parts, wanted)));
    if (rows.length > limit) return { rows: rows.slice(0, limit), more: true };
  }
  return { rows, more: false };
}

const SHARD = /#\d+$/;

/** Of the newest failures a shard rarely has more than twice its even share, and pages beyond that are read where it has. */
async function* failurePages(
  { client, name }: DeliveryLogTable,
  failureOf: string,
  since: string,
  wanted: number,
): AsyncGenerator<readonly DeliveryLogRow[]> {
  const request = {
    TableName: name,
    IndexName: FAILURE_INDEX,
    KeyConditionExpression: 'failureOf = :failureOf AND createdOn >= :since',
    ExpressionAttributeValues: { ':failureOf': failureOf, ':since': since },
    ScanIndexForward: false,
  };
  const isShard = SHARD.test(failureOf);
  const pageSize = isShard ? Math.ceil((2 * wanted) / FAILURE_SHARDS) : wanted;
  for await (const { Items = [] } of paginateQuery({ client, pageSize }, request)) {
    yield Items as DeliveryLogRow[];
  }
}

/** DynamoDB's limit for one BatchWriteItem. */
const KEYS_IN_BATCH = 25;

/** Deletes the rows; those that DynamoDB leaves out are still in the index, and will be found again. */
export async function deleteRows({ client, name }: DeliveryLogTable, keys: readonly RowKey[]): Promise<void> {
  for (let i = 0; i < keys.length; i += KEYS_IN_BATCH) {
    const requests = keys
      .slice(i, i + KEYS_IN_BATCH)
      .map(({ requestId, logId }) => ({ DeleteRequest: { Key: { requestId, logId } } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [name]: requests } }));
  }
}

function byRecipient(recipient: string) {
  return {
    IndexName: RECIPIENT_INDEX,
    KeyConditionExpression: 'recipient = :recipient',
    ExpressionAttributeValues: { ':recipient': recipient },
  };
}

async function query(
  { client, name }: DeliveryLogTable,
  limit: number,
  request: Omit<QueryCommandInput, 'TableName'>,
): Promise<{ rows: DeliveryLogRow[]; more: boolean }> {
  const rows: DeliveryLogRow[] = [];
  // One more than the limit shows whether there are more.
  const pages = Number.isFinite(limit) ? { client, pageSize: limit + 1 } : { client };
  for await (const { Items = [] } of paginateQuery(pages, { TableName: name, ...request })) {
    rows.push(...(Items as DeliveryLogRow[]));
    if (rows.length > limit) return { rows: rows.slice(0, limit), more: true };
  }
  return { rows, more: false };
}

function newestFirst(a: DeliveryLogRow, b: DeliveryLogRow): number {
  return a.createdOn < b.createdOn ? 1 : -1;
}
