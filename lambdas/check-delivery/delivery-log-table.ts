/** The delivery log table: rows for recipients and, under `#summary`, one for the whole. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  paginateQuery,
} from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Outcome } from '../../lib/contract.ts';
import type { DeliveryLogRow } from './delivery-log.ts';
import { ObstacleError } from './obstacle.ts';

/** Sort key of the summary row. Sorts before every delivery log. */
export const SUMMARY_ID = '#summary';

/** The row that says how a tracking ended; what an operator reads first. */
export interface Summary {
  readonly requestId: string;
  readonly logId: typeof SUMMARY_ID;
  readonly outcome: Outcome;
  readonly [field: string]: unknown;
}

export interface DeliveryLog {
  /**
   * Writes the rows that the table does not hold as they are, and returns all rows of the notification, earlier ones
   * included. Saving twice leaves the same rows.
   *
   * @throws ObstacleError `LOGS_NOT_SAVED` when `signal` ends it, `TABLE_UNREACHABLE` otherwise. What was written stays.
   */
  saveLogs(
    requestId: string,
    rows: readonly DeliveryLogRow[],
    signal: AbortSignal,
  ): Promise<DeliveryLogRow[]>;
  /**
   * Writes the summary, unless the table holds that of a better outcome.
   *
   * @throws ObstacleError `TABLE_UNREACHABLE`.
   */
  saveSummary(summary: Summary): Promise<void>;
}

/** DynamoDB's limit for one BatchWriteItem. */
const ROWS_IN_BATCH = 25;
const BATCHES_AT_ONCE = 8;
/** Waits before rows that DynamoDB did not process are sent again; with full jitter, then it gives up. */
const BACKOFF_MS = [50, 100, 200, 400, 800, 1600, 3200];

/** Outcomes from best to worst: a late or repeated check replaces a summary only by one as good or better. */
const RANKING: readonly Outcome[] = ['complete', 'timed-out', 'failed'];

export function deliveryLogIn(client: DynamoDBDocumentClient, tableName: string): DeliveryLog {
  return {
    async saveLogs(requestId, rows, signal) {
      try {
        const saved = await readRows(requestId, signal);
        const unsaved = rows.filter((row) => !holds(saved.get(row.logId), row));
        await writeRows(unsaved.map(marshallable), signal);
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
            ConditionExpression: `attribute_not_exists(requestId) OR outcome IN (${placeholders.join(', ')})`,
            ExpressionAttributeValues: Object.fromEntries(
              atBestAsGood.map((outcome, i) => [`:o${i}`, outcome]),
            ),
          }),
        );
      } catch (error) {
        if (nameOf(error) !== 'ConditionalCheckFailedException') throw unreachable(error);
      }
    },
  };

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

  async function writeRows(rows: readonly DeliveryLogRow[], signal: AbortSignal): Promise<void> {
    const batches: DeliveryLogRow[][] = [];
    for (let i = 0; i < rows.length; i += ROWS_IN_BATCH) batches.push(rows.slice(i, i + ROWS_IN_BATCH));
    const lane = async () => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        await writeBatch(batch, signal);
      }
    };
    const stopOthers = (error: unknown) => {
      batches.length = 0;
      throw error;
    };
    await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, () => lane().catch(stopOthers)));
  }

  async function writeBatch(batch: readonly DeliveryLogRow[], signal: AbortSignal): Promise<void> {
    let requests: Record<string, unknown>[] = batch.map((row) => ({ PutRequest: { Item: row } }));
    for (const backoff of [...BACKOFF_MS, undefined]) {
      try {
        const command = new BatchWriteCommand({ RequestItems: { [tableName]: requests } });
        const { UnprocessedItems } = await client.send(command, { abortSignal: signal });
        requests = UnprocessedItems?.[tableName] ?? [];
      } catch (error) {
        if (nameOf(error) !== 'ValidationException') throw error;
        return writeOneByOne(batch, signal);
      }
      if (requests.length === 0) return;
      if (backoff !== undefined) await sleep(backoff * Math.random(), undefined, { signal });
    }
    throw new Error(`DynamoDB left ${requests.length} rows unprocessed, again and again`);
  }

  /** One row that DynamoDB does not take would keep its whole batch out. */
  async function writeOneByOne(batch: readonly DeliveryLogRow[], signal: AbortSignal): Promise<void> {
    const refused: DeliveryLogRow[] = [];
    const put = (item: DeliveryLogRow) =>
      client.send(new PutCommand({ TableName: tableName, Item: item }), { abortSignal: signal });
    for (const row of batch) {
      try {
        await put(row);
      } catch (error) {
        if (nameOf(error) !== 'ValidationException') throw error;
        refused.push({ ...row, log: asText(row.log) });
      }
    }
    for (const row of refused) await put(row);
  }
}

/** The SDK itself refuses some entries, such as one with a field named "constructor". */
function marshallable(row: DeliveryLogRow): DeliveryLogRow {
  try {
    marshall(row);
    return row;
  } catch {
    return { ...row, log: asText(row.log) };
  }
}

/** Whether the table holds the row's entry, as it is or as text. */
function holds(saved: DeliveryLogRow | undefined, { log }: DeliveryLogRow): boolean {
  if (saved === undefined) return false;
  return isDeepStrictEqual(saved.log, log) || (typeof saved.log === 'string' && saved.log === asText(log));
}

/** DynamoDB's limit for an item is 400 KB; the keys need a little of it. */
const LONGEST_TEXT_BYTES = 350_000;

/** An entry that is too deep or too large for DynamoDB, as its JSON text, cut where that is too long as well. */
function asText(log: unknown): string {
  return Buffer.from(JSON.stringify(log)).subarray(0, LONGEST_TEXT_BYTES).toString();
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
