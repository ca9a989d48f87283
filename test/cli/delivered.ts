/** Deliveries in the table of a command line, as a check would write them. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { deliveryLogIn } from '../../lambdas/check-delivery/rows/delivery-log-table.ts';
import { toRows } from '../../lambdas/check-delivery/rows/to-rows.ts';
import type { CommandLine } from './command-line.ts';

export const NOW = Date.UTC(2026, 10, 24, 12);
const HOUR = 3_600_000;

export type Delivery = readonly [
  address: string | number,
  status: string,
  hoursAgo: number,
  comments?: string,
];

/** What Kore.ai would have said of deliveries, each so many hours ago. */
export async function delivered(
  { tables, tracker }: CommandLine,
  requestId: string,
  streamId: string | undefined,
  ...deliveries: readonly Delivery[]
): Promise<void> {
  const entries = deliveries.map(([originalId, status, hoursAgo, comments], index) => ({
    _id: `nl-${requestId}-${index}`,
    originalId,
    status,
    channel: 'ivr',
    comments: comments ?? `To ${originalId}: ${status}`,
    createdOn: new Date(NOW - hoursAgo * HOUR).toISOString(),
  }));
  const notification = { requestId, ...(streamId !== undefined && { streamId }) };
  const rows = toRows(entries, notification, { now: NOW, askedAt: NOW, retentionDays: 90 });
  const log = deliveryLogIn(tables.client, tracker.tableName);
  await log.saveLogs(requestId, rows, AbortSignal.timeout(10_000));
}

/** The summary of a notification that ended. */
export async function ended(
  { tables, tracker, aws }: CommandLine,
  requestId: string,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const summary = {
    requestId,
    logId: '#summary',
    outcome: 'complete',
    status: 'SUCCESS',
    executionArn: `${aws.stateMachineArn.replace('stateMachine', 'execution')}:${requestId}`,
    streamId: 'st-1',
    counts: { total: 2, delivered: 2, failed: 0 },
    startedAt: new Date(NOW - HOUR).toISOString(),
    completedAt: new Date(NOW - HOUR + 60_000).toISOString(),
    durationSeconds: 60,
    expiresAt: NOW / 1000 + 86_400,
    ...changes,
  };
  await tables.client.send(new PutCommand({ TableName: tracker.tableName, Item: summary }));
}
