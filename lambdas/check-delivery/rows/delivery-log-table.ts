/** The delivery log table: rows for recipients and, under `#summary`, one for the whole. */

import { type DynamoDBDocumentClient, PutCommand, paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Summary } from '../../../contract/delivery-log-row.ts';
import { botOf, type DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import { RANKING } from '../../../contract/event/event-names.ts';
import { BOTS_PARTITION, SUMMARY_ID } from '../../../contract/table-names.ts';
import { errorName, isConditionFailure } from '../../aws-error.ts';
import { ObstacleError } from '../obstacle.ts';
import { putRow } from './put-row.ts';
import type { SavedLogs } from './row-matching.ts';
import { type RowStore, saveLogs } from './save-logs.ts';
import type { FreshRow } from './to-rows.ts';

export interface DeliveryLog {
  /**
   * Writes the rows that the table does not hold as they are, or soon will no longer, and says what all rows of the notification
   * add up to, earlier ones included. No row replaces that of a version asked for later. Saving twice
   * leaves the same rows.
   *
   * @param namesFailures whether to say which rows have the status `FAILURE` then.
   * @throws ObstacleError `LOGS_NOT_SAVED` when `signal` ends it, `TABLE_UNREACHABLE` otherwise. What was written stays.
   */
  saveLogs(
    requestId: string,
    rows: readonly FreshRow[],
    signal: AbortSignal,
    namesFailures?: boolean,
  ): Promise<SavedLogs>;
  /**
   * Keys of all rows of the notification with the status `FAILURE`.
   *
   * @throws ObstacleError `TABLE_UNREACHABLE`.
   */
  notReached(requestId: string): Promise<readonly string[]>;
  /**
   * Writes the summary, unless the table holds that of a better outcome which has not expired.
   *
   * @throws ObstacleError `TABLE_UNREACHABLE`.
   */
  saveSummary(summary: Summary): Promise<void>;
}

/** A check has a little time left after saving (handler.ts); rows of 100,000 recipients are read in it. */
const READING_LIMIT_MS = 5_000;

export function deliveryLogIn(client: DynamoDBDocumentClient, tableName: string): DeliveryLog {
  return {
    async saveLogs(requestId, rows, signal, namesFailures) {
      try {
        return await saveLogs(rows, rowsIn(requestId), signal, namesFailures);
      } catch (error) {
        throw signal.aborted ? outOfTime(error) : tableUnreachable(error);
      }
    },

    async notReached(requestId) {
      const all = allRows(requestId);
      const failed = {
        ...all,
        FilterExpression: '#status = :failure',
        ProjectionExpression: 'logId',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ...all.ExpressionAttributeValues, ':failure': 'FAILURE' },
      };
      const logIds: string[] = [];
      try {
        const abortSignal = AbortSignal.timeout(READING_LIMIT_MS);
        for await (const page of paginateQuery({ client }, failed, { abortSignal })) {
          for (const { logId } of page.Items ?? []) logIds.push(logId);
        }
      } catch (error) {
        throw tableUnreachable(error);
      }
      return logIds;
    },

    async saveSummary(summary) {
      const atBestAsGood = RANKING.slice(RANKING.indexOf(summary.outcome));
      const placeholders = atBestAsGood.map((_, i) => `:o${i}`);
      try {
        await client.send(
          new PutCommand({
            TableName: tableName,
            Item: summary,
            // DynamoDB may take days to remove what has expired.
            ConditionExpression: `attribute_not_exists(requestId) OR outcome IN (${placeholders.join(', ')}) OR expiresAt < :now`,
            ExpressionAttributeValues: {
              ...Object.fromEntries(atBestAsGood.map((outcome, i) => [`:o${i}`, outcome])),
              ':now': Math.floor(Date.parse(summary.savedAt) / 1000),
            },
          }),
        );
      } catch (error) {
        if (!isConditionFailure(error)) throw tableUnreachable(error);
      }
    },
  };

  function allRows(requestId: string) {
    return {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'requestId = :requestId AND logId > :summary',
      ExpressionAttributeValues: { ':requestId': requestId, ':summary': SUMMARY_ID },
    };
  }

  function rowsIn(requestId: string): RowStore {
    return {
      async *rows(abortSignal) {
        for await (const page of paginateQuery({ client }, allRows(requestId), { abortSignal })) {
          yield* (page.Items ?? []) as DeliveryLogRow[];
        }
      },
      /** The row of the bot is kept as long as the latest failure. */
      async rememberBot({ failureOf = '', savedAt, expiresAt }, abortSignal) {
        const bot = { requestId: BOTS_PARTITION, logId: botOf(failureOf), savedAt, expiresAt };
        await client.send(new PutCommand({ TableName: tableName, Item: bot }), { abortSignal });
      },
      async put(write, abortSignal) {
        const { isWritten, logId } = await putRow(write, { client, tableName }, abortSignal);
        if (isWritten) return { isWritten, logId };
        const one = {
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'requestId = :requestId AND logId = :logId',
          ExpressionAttributeValues: { ':requestId': requestId, ':logId': logId },
        };
        const { Items = [] } = await client.send(new QueryCommand(one), { abortSignal });
        return { isWritten: false, inTheWay: Items[0] as DeliveryLogRow | undefined };
      },
    };
  }
}

function outOfTime(cause: unknown): ObstacleError {
  const message = 'The check ran out of time while saving delivery logs.';
  return new ObstacleError('LOGS_NOT_SAVED', message, { cause });
}

export function tableUnreachable(cause: unknown): ObstacleError {
  const message = `The delivery log table did not take or give rows (${errorName(cause)}). Check its state, capacity and key.`;
  return new ObstacleError('TABLE_UNREACHABLE', message, { cause });
}
