/** Many rows into the table at once: in batches, side by side, and again where DynamoDB leaves some out. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DeliveryLogRow } from './delivery-log.ts';

export interface WrittenTable {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  /** Stops the writing; what was written stays. */
  readonly signal: AbortSignal;
}

/** DynamoDB's limit for one BatchWriteItem. */
const ROWS_IN_BATCH = 25;
const BATCHES_AT_ONCE = 8;
/** Waits before rows that DynamoDB did not process are sent again; with full jitter, then it gives up. */
const BACKOFF_MS = [50, 100, 200, 400, 800, 1600, 3200];

/**
 * Writes the rows. One that DynamoDB or the SDK does not take gets its log as text, and keeps no other out.
 *
 * @throws the SDK's error where the table cannot be reached, or goes on leaving rows out.
 */
export async function writeRows(rows: readonly DeliveryLogRow[], table: WrittenTable): Promise<void> {
  const batches: DeliveryLogRow[][] = [];
  for (let i = 0; i < rows.length; i += ROWS_IN_BATCH) {
    batches.push(rows.slice(i, i + ROWS_IN_BATCH).map(marshallable));
  }
  const failure = new AbortController();
  const signal = AbortSignal.any([table.signal, failure.signal]);
  const lane = async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      await writeBatch(batch, { ...table, signal });
    }
  };
  const stopOthers = (error: unknown) => {
    batches.length = 0;
    // Only the first reason counts: the others fail because of it.
    failure.abort(error);
  };
  // A lane that went on after the check has ended could put an older row over that of the next check.
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, () => lane().catch(stopOthers)));
  if (failure.signal.aborted) throw failure.signal.reason;
}

/** DynamoDB's limit for an item is 400 KB; the keys need a little of it. */
const LONGEST_TEXT_BYTES = 350_000;

/** An entry that is too deep, too large or too odd for DynamoDB, as its JSON text, cut where that is too long as well. */
export function asText(log: unknown): string {
  return Buffer.from(JSON.stringify(log)).subarray(0, LONGEST_TEXT_BYTES).toString();
}

async function writeBatch(batch: readonly DeliveryLogRow[], table: WrittenTable): Promise<void> {
  const { client, tableName, signal } = table;
  let requests: Record<string, unknown>[] = batch.map((row) => ({ PutRequest: { Item: row } }));
  for (const backoff of [...BACKOFF_MS, undefined]) {
    try {
      const command = new BatchWriteCommand({ RequestItems: { [tableName]: requests } });
      const { UnprocessedItems } = await client.send(command, { abortSignal: signal });
      requests = UnprocessedItems?.[tableName] ?? [];
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return writeOneByOne(batch, table);
    }
    if (requests.length === 0) return;
    if (backoff !== undefined) await sleep(backoff * Math.random(), undefined, { signal });
  }
  throw new Error(`DynamoDB left ${requests.length} rows unprocessed, again and again`);
}

/** One row that DynamoDB does not take would keep its whole batch out. */
async function writeOneByOne(
  batch: readonly DeliveryLogRow[],
  { client, tableName, signal }: WrittenTable,
): Promise<void> {
  const refused: DeliveryLogRow[] = [];
  const put = (item: DeliveryLogRow) =>
    client.send(new PutCommand({ TableName: tableName, Item: item }), { abortSignal: signal });
  for (const row of batch) {
    try {
      await put(row);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused.push({ ...row, log: asText(row.log) });
    }
  }
  for (const row of refused) await put(row);
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationException';
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
