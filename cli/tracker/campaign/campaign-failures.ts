/** Failures in a campaign, notification by notification: no index has them, so rows of notifications with failures are read. */
import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import { SUMMARY_ID } from '../../../contract/table-names.ts';
import type { DeliveryLogTable, RowKey } from '../delivery-log-rows.ts';
import { ahead } from './ahead.ts';
import { campaignSummaries, type IndexedSummary } from './campaign-summaries.ts';

const NOTIFICATIONS_AHEAD = 8;

/**
 * In the order of their keys; of notifications that have ended, since the index has no others.
 *
 * @param after the last row that is left out, with those before it.
 */
export async function* campaignFailures(
  table: DeliveryLogTable,
  campaignId: string,
  now: number,
  after?: RowKey,
): AsyncGenerator<DeliveryLogRow> {
  const summaries = campaignSummaries(table, campaignId, now, after?.requestId);
  for await (const rows of ahead(partsOf(table, summaries, after), NOTIFICATIONS_AHEAD)) yield* rows;
}

async function* partsOf(
  table: DeliveryLogTable,
  summaries: AsyncIterable<IndexedSummary>,
  after: RowKey | undefined,
): AsyncGenerator<AsyncGenerator<readonly DeliveryLogRow[]>> {
  for await (const { requestId, counts } of summaries) {
    if (counts?.failed === 0) continue;
    yield failuresIn(table, requestId, after?.requestId === requestId ? after.logId : SUMMARY_ID);
  }
}

async function* failuresIn(
  { client, name }: DeliveryLogTable,
  requestId: string,
  afterLogId: string,
): AsyncGenerator<readonly DeliveryLogRow[]> {
  const request = {
    TableName: name,
    KeyConditionExpression: 'requestId = :requestId AND logId > :after',
    FilterExpression: '#status = :failure',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':requestId': requestId, ':after': afterLogId, ':failure': 'FAILURE' },
  };
  for await (const { Items = [] } of paginateQuery({ client }, request)) yield Items as DeliveryLogRow[];
}
