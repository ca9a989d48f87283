/** Queries of the delivery log table: each goes to a key or an index, none scans. */
import {
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { DeliveryLogRow, Summary } from '../../contract/delivery-log-row.ts';
import { BOTS_PARTITION, RECIPIENT_INDEX, SUMMARY_ID } from '../../contract/table-names.ts';
import { eachOf, newestFirst } from './rows/newest-first.ts';
import { newestUnder, type RowSpan } from './rows/row-spans.ts';

export interface DeliveryLogTable {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

export type RowKey = Pick<DeliveryLogRow, 'requestId' | 'logId'>;

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
  const rows = await query(table, {
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
export function rowsOfRecipient(
  table: DeliveryLogTable,
  recipient: string,
  span: RowSpan,
  pageSize: number,
): AsyncGenerator<DeliveryLogRow> {
  const parts = formsOf(recipient).map((value) =>
    newestUnder(table, { indexName: RECIPIENT_INDEX, name: 'recipient', value }, span, pageSize),
  );
  return newestFirst(parts, span.after);
}

/** Keys of all rows of a person, as far as the index knows: it follows the table within a second or so. */
export async function keysOfRecipient(table: DeliveryLogTable, recipient: string): Promise<RowKey[]> {
  const found = await eachOf(formsOf(recipient), (form) =>
    query(table, {
      ...byRecipient(form),
      ProjectionExpression: 'requestId, logId',
    }),
  );
  return found.flat();
}

/** 0.1.0 kept letters with accents as Kore sent them, composed or not. */
function formsOf(recipient: string): readonly string[] {
  return [...new Set([recipient, recipient.normalize('NFD')])];
}

/** Bots that had failures, by stream id. */
export async function botsWithFailures(table: DeliveryLogTable): Promise<string[]> {
  const rows = await query(table, {
    KeyConditionExpression: 'requestId = :bots',
    ExpressionAttributeValues: { ':bots': BOTS_PARTITION },
  });
  return rows.map(({ logId }) => logId);
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
  request: Omit<QueryCommandInput, 'TableName'>,
): Promise<DeliveryLogRow[]> {
  const rows: DeliveryLogRow[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, { TableName: name, ...request })) {
    rows.push(...(Items as DeliveryLogRow[]));
  }
  return rows;
}
