/** Everything that the table has of notifications, a page of a query at a time: no more than a few pages are in memory. */
import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { DeliveryLogRow, Summary } from '../../../contract/delivery-log-row.ts';
import { SUMMARY_ID } from '../../../contract/table-names.ts';
import { ahead } from '../../tracker/campaign/ahead.ts';
import type { DeliveryLogTable } from '../../tracker/delivery-log-rows.ts';
import type { RowsPage } from '../data/report-data.ts';
import { endIn } from './reported-notification.ts';

/** A page is 1 MB at most. */
const NOTIFICATIONS_AHEAD = 8;

/** In the order of the ids. */
export function rowPages(table: DeliveryLogTable, requestIds: readonly string[]): AsyncGenerator<RowsPage> {
  return ahead(asSources(table, requestIds), NOTIFICATIONS_AHEAD);
}

export async function hasRows({ client, name }: DeliveryLogTable, requestId: string): Promise<boolean> {
  for await (const { Items = [] } of paginateQuery({ client, pageSize: 1 }, allOf(name, requestId))) {
    if (Items.length > 0) return true;
  }
  return false;
}

async function* asSources(table: DeliveryLogTable, requestIds: readonly string[]) {
  for (const requestId of requestIds) yield pagesOf(table, requestId);
}

async function* pagesOf({ client, name }: DeliveryLogTable, requestId: string): AsyncGenerator<RowsPage> {
  for await (const { Items = [] } of paginateQuery({ client }, allOf(name, requestId))) {
    // It sorts before all rows of recipients.
    const summary = Items.find(({ logId }) => logId === SUMMARY_ID) as Summary | undefined;
    const rows = Items.filter(({ logId }) => logId !== SUMMARY_ID) as DeliveryLogRow[];
    yield { requestId, ended: summary && endIn(summary), rows };
  }
}

function allOf(TableName: string, requestId: string) {
  return {
    TableName,
    KeyConditionExpression: 'requestId = :requestId',
    ExpressionAttributeValues: { ':requestId': requestId },
    ConsistentRead: true,
  };
}
