/** Final events of many executions at once. */

import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { FINAL_EVENT_ID } from '../../../contract/table-names.ts';
import { tableUnreachable } from '../../check-delivery/rows/delivery-log-table.ts';
import type { FinalEventRow } from '../../check-delivery/rows/final-event-table.ts';
import { inLanes } from '../in-lanes.ts';

/** What a row says; anything may be broken. */
export type RecordedEvent = Pick<FinalEventRow, 'outcome' | 'detail'>;

export interface FinalEventReader {
  /**
   * The events of those executions that have one, by their ARNs.
   *
   * @throws ObstacleError `TABLE_UNREACHABLE`, also when `signal` ends it.
   */
  read(executionArns: readonly string[], signal: AbortSignal): Promise<Map<string, RecordedEvent>>;
}

/** DynamoDB's limit. */
const KEYS_AT_ONCE = 100;
const LANES = 4;
/** Waits before what DynamoDB left out is asked for again; with full jitter, then it gives up. */
const BACKOFF_MS = [50, 100, 200, 400, 800, 1600, 3200];

/** @param sleep ends early where the signal does. */
export function finalEventReaderIn(
  client: DynamoDBDocumentClient,
  tableName: string,
  sleep: (ms: number, signal: AbortSignal) => Promise<unknown>,
): FinalEventReader {
  return {
    async read(executionArns, signal) {
      const found = new Map<string, RecordedEvent>();
      try {
        await inLanes(chunks(executionArns), LANES, async (arns) => {
          for (const row of await rowsOf(arns, signal)) found.set(row.requestId, row);
        });
      } catch (error) {
        throw tableUnreachable(error);
      }
      return found;
    },
  };

  async function rowsOf(arns: readonly string[], abortSignal: AbortSignal): Promise<FinalEventRow[]> {
    const rows: FinalEventRow[] = [];
    let keys: Record<string, unknown>[] = arns.map((requestId) => ({ requestId, logId: FINAL_EVENT_ID }));
    for (const backoff of [...BACKOFF_MS, undefined]) {
      const command = new BatchGetCommand({
        RequestItems: {
          [tableName]: {
            Keys: keys,
            ProjectionExpression: 'requestId, outcome, detail',
            // The newest were recorded a moment ago.
            ConsistentRead: true,
          },
        },
      });
      const { Responses, UnprocessedKeys } = await client.send(command, { abortSignal });
      rows.push(...((Responses?.[tableName] ?? []) as FinalEventRow[]));
      keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
      if (keys.length === 0) return rows;
      if (backoff !== undefined) await sleep(backoff * Math.random(), abortSignal);
    }
    throw new Error('DynamoDB left out rows again and again');
  }
}

function chunks(arns: readonly string[]): string[][] {
  const count = Math.ceil(arns.length / KEYS_AT_ONCE);
  return Array.from({ length: count }, (_, i) => arns.slice(i * KEYS_AT_ONCE, (i + 1) * KEYS_AT_ONCE));
}
