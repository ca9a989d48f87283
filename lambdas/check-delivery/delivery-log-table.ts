/** The delivery log table: rows for recipients and, under `#summary`, one for the whole. */
import { isDeepStrictEqual } from 'node:util';
import { type DynamoDBDocumentClient, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Outcome } from '../../lib/contract.ts';
import { botOf, type DeliveryLogRow } from './delivery-log.ts';
import { ObstacleError } from './obstacle.ts';
import { asText, writeRows } from './write-rows.ts';

/** Sort key of the summary row. Sorts before every delivery log. */
export const SUMMARY_ID = '#summary';

/**
 * Partition of the bots that had failures, a row for each with the stream id as its sort key: who asks for all failures
 * finds here where to look. No request id begins so.
 */
export const BOTS_PARTITION = '#bots';

/** The row that says how a tracking ended; what an operator reads first. */
export interface Summary {
  readonly requestId: string;
  readonly logId: typeof SUMMARY_ID;
  readonly outcome: Outcome;
  /** ISO 8601 in UTC. */
  readonly savedAt: string;
  /** Seconds since 1970, for DynamoDB's TTL. */
  readonly expiresAt: number;
  readonly [field: string]: unknown;
}

export interface DeliveryLog {
  /**
   * Writes the rows that the table does not hold as they are, or soon will no longer, and returns all rows of the
   * notification, earlier ones included. Saving twice leaves the same rows.
   *
   * @throws ObstacleError `LOGS_NOT_SAVED` when `signal` ends it, `TABLE_UNREACHABLE` otherwise. What was written stays.
   */
  saveLogs(
    requestId: string,
    rows: readonly DeliveryLogRow[],
    signal: AbortSignal,
  ): Promise<DeliveryLogRow[]>;
  /**
   * Writes the summary, unless the table holds that of a better outcome which has not expired.
   *
   * @throws ObstacleError `TABLE_UNREACHABLE`.
   */
  saveSummary(summary: Summary): Promise<void>;
}

/** Outcomes from best to worst: a late or repeated check replaces a summary only by one as good or better. */
export const RANKING: readonly Outcome[] = ['complete', 'timed-out', 'failed'];

export function deliveryLogIn(client: DynamoDBDocumentClient, tableName: string): DeliveryLog {
  return {
    async saveLogs(requestId, rows, signal) {
      try {
        const saved = await readRows(requestId, signal);
        const unsaved = rows.filter((row) => !holds(saved.get(row.logId), row));
        // First, so that no failure is ever there whose bot cannot be found.
        await rememberBot(unsaved, signal);
        await writeRows(unsaved, { client, tableName, signal });
        for (const row of unsaved) saved.set(row.logId, row);
        return [...saved.values()];
      } catch (error) {
        throw signal.aborted ? outOfTime(error) : unreachable(error);
      }
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
        if (nameOf(error) !== 'ConditionalCheckFailedException') throw unreachable(error);
      }
    },
  };

  /** The row is kept as long as the latest failure. */
  async function rememberBot(rows: readonly DeliveryLogRow[], signal: AbortSignal): Promise<void> {
    const { failureOf, savedAt, expiresAt } = rows.find((row) => row.failureOf !== undefined) ?? {};
    if (failureOf === undefined) return;
    const bot = { requestId: BOTS_PARTITION, logId: botOf(failureOf), savedAt, expiresAt };
    await client.send(new PutCommand({ TableName: tableName, Item: bot }), { abortSignal: signal });
  }

  async function readRows(requestId: string, signal: AbortSignal): Promise<Map<string, DeliveryLogRow>> {
    const rows = new Map<string, DeliveryLogRow>();
    const query = {
      TableName: tableName,
      KeyConditionExpression: 'requestId = :requestId AND logId > :summary',
      ExpressionAttributeValues: { ':requestId': requestId, ':summary': SUMMARY_ID },
      ConsistentRead: true,
    };
    for await (const page of paginateQuery({ client }, query, { abortSignal: signal })) {
      for (const row of (page.Items ?? []) as DeliveryLogRow[]) rows.set(row.logId, row);
    }
    return rows;
  }
}

/** Whether the table holds the row's entry, as it is or as text, and for long enough. */
function holds(saved: DeliveryLogRow | undefined, row: DeliveryLogRow): boolean {
  if (saved === undefined || isFading(saved, row)) return false;
  const { log } = row;
  return isDeepStrictEqual(saved.log, log) || (typeof saved.log === 'string' && saved.log === asText(log));
}

/** Of what an earlier tracking saved, less than half of the time that rows are kept is left, or none: it is no longer safe. */
function isFading(saved: DeliveryLogRow, { expiresAt, savedAt }: DeliveryLogRow): boolean {
  const now = Date.parse(savedAt) / 1000;
  return saved.expiresAt - now < (expiresAt - now) / 2;
}

function outOfTime(cause: unknown): ObstacleError {
  const message = 'The check ran out of time while saving delivery logs; the next one goes on from there.';
  return new ObstacleError('LOGS_NOT_SAVED', message, cause);
}

function unreachable(cause: unknown): ObstacleError {
  const message = `The delivery log table did not take or give rows (${nameOf(cause)}). Check its state, capacity and key.`;
  return new ObstacleError('TABLE_UNREACHABLE', message, cause);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
