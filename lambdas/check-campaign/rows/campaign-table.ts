/** What a campaign has in the delivery log table: the summaries of its notifications, by their index, and a row of its own. */

import { type DynamoDBDocumentClient, GetCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { CampaignRow } from '../../../contract/campaign/campaign-row.ts';
import { CAMPAIGN_INDEX, campaignPartition, SUMMARY_ID } from '../../../contract/table-names.ts';
import { isConditionFailure } from '../../aws-error.ts';
import { tableUnreachable } from '../../check-delivery/rows/delivery-log-table.ts';
import type { SeenSummary, SummaryPages } from '../totals.ts';

/** A row that a check writes. */
export type WrittenRow = CampaignRow &
  Required<Pick<CampaignRow, 'startedAt' | 'notifications' | 'counts' | 'checks'>>;

export interface CampaignTable {
  /**
   * The summaries of the campaign's notifications, as the index knows them by now.
   *
   * @throws ObstacleError `TABLE_UNREACHABLE`, also when `signal` ends it.
   */
  summariesOf(campaignId: string, signal: AbortSignal): SummaryPages;
  /**
   * Writes the campaign's row, unless that of another execution is there which has not expired, or this one's with more checks or an
   * end that differs.
   *
   * @returns whether the row is that of this execution, now or still.
   * @throws ObstacleError `TABLE_UNREACHABLE`.
   */
  saveRow(row: WrittenRow): Promise<boolean>;
  /**
   * The campaign's row as it is, of whatever execution.
   *
   * @throws ObstacleError `TABLE_UNREACHABLE`.
   */
  rowOf(campaignId: string): Promise<CampaignRow | undefined>;
}

/** As far as a check counts them. */
const SEEN = 'requestId, outcome, counts, completedAt, expiresAt';

const CONDITION = [
  'attribute_not_exists(requestId)',
  // DynamoDB may take days to remove what has expired.
  'expiresAt < :now',
  '(executionArn = :executionArn AND startedAt = :startedAt AND notifications.expected = :expected AND checks <= :checks AND (attribute_not_exists(outcome) OR outcome = :outcome))',
].join(' OR ');

export function campaignTableIn(client: DynamoDBDocumentClient, tableName: string): CampaignTable {
  return {
    async *summariesOf(campaignId, abortSignal) {
      const query = {
        TableName: tableName,
        IndexName: CAMPAIGN_INDEX,
        KeyConditionExpression: 'campaignId = :campaignId',
        ExpressionAttributeValues: { ':campaignId': campaignId },
        ProjectionExpression: SEEN,
      };
      try {
        for await (const { Items = [] } of paginateQuery({ client }, query, { abortSignal })) {
          yield Items as SeenSummary[];
        }
      } catch (error) {
        throw tableUnreachable(error);
      }
    },

    async saveRow(row) {
      const { requestId, executionArn, startedAt, notifications, checks, outcome } = row;
      try {
        await client.send(
          new PutCommand({
            TableName: tableName,
            Item: row,
            ConditionExpression: CONDITION,
            ExpressionAttributeValues: {
              ':now': Math.floor(Date.parse(row.savedAt) / 1000),
              ':executionArn': executionArn,
              ':startedAt': startedAt,
              ':expected': notifications.expected,
              ':checks': checks,
              // Progress comes after no end at all.
              ':outcome': outcome ?? 'waiting',
            },
          }),
        );
        return true;
      } catch (error) {
        if (!isConditionFailure(error)) throw tableUnreachable(error);
      }
      return isOurs(await rowIn(requestId), row);
    },

    rowOf: (campaignId) => rowIn(campaignPartition(campaignId)),
  };

  async function rowIn(requestId: string): Promise<CampaignRow | undefined> {
    const one = { TableName: tableName, Key: { requestId, logId: SUMMARY_ID }, ConsistentRead: true };
    try {
      return (await client.send(new GetCommand(one))).Item as CampaignRow | undefined;
    } catch (error) {
      throw tableUnreachable(error);
    }
  }
}

/** A row that went meanwhile is nobody's; one without a start was written by the state machine, after the end. */
export function isOurs(
  there: Partial<CampaignRow> | undefined,
  { executionArn, startedAt }: Pick<WrittenRow, 'executionArn' | 'startedAt'>,
): boolean {
  if (there === undefined) return true;
  return there.executionArn === executionArn && (there.startedAt ?? startedAt) === startedAt;
}
