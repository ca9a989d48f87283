/** The notifications of a campaign that have ended: their summaries in the index, in the order of their request ids. */
import { BatchGetCommand, paginateQuery, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Summary } from '../../../contract/delivery-log-row.ts';
import { CAMPAIGN_INDEX, SUMMARY_ID } from '../../../contract/table-names.ts';
import { CommandError } from '../../command-error.ts';
import { EXIT } from '../../exit-status.ts';
import type { DeliveryLogTable } from '../delivery-log-rows.ts';

/** As much of a summary as the index has. */
export type IndexedSummary = Pick<Summary, 'requestId' | 'outcome' | 'expiresAt'> & {
  readonly counts?: { readonly total?: unknown; readonly delivered?: unknown; readonly failed?: unknown };
  readonly completedAt?: string;
};

/**
 * @param now milliseconds since 1970: what has expired by then is left out. DynamoDB may take days to remove it.
 * @param from the first request id; all where there is none.
 */
export async function* campaignSummaries(
  { client, name }: DeliveryLogTable,
  campaignId: string,
  now: number,
  from?: string,
): AsyncGenerator<IndexedSummary> {
  const request: QueryCommandInput = {
    TableName: name,
    IndexName: CAMPAIGN_INDEX,
    KeyConditionExpression: `campaignId = :campaignId${from === undefined ? '' : ' AND requestId >= :from'}`,
    ExpressionAttributeValues: { ':campaignId': campaignId, ...(from !== undefined && { ':from': from }) },
  };
  for await (const { Items = [] } of paginateQuery({ client }, request)) {
    for (const summary of Items as IndexedSummary[]) {
      const { expiresAt } = summary;
      if (typeof expiresAt !== 'number' || expiresAt * 1000 > now) yield summary;
    }
  }
}

/** DynamoDB's limit for one BatchGetItem. */
export const SUMMARIES_AT_ONCE = 100;
const MOST_ROUNDS = 8;
const BETWEEN_ROUNDS_MS = 200;

/** Whole summaries, in the order of the ids; those that are gone meanwhile are left out. */
export async function summariesOf(
  { client, name }: DeliveryLogTable,
  requestIds: readonly string[],
  sleep: (milliseconds: number) => Promise<void>,
): Promise<Summary[]> {
  const found = new Map<string, Summary>();
  let keys: Record<string, unknown>[] = requestIds.map((requestId) => ({ requestId, logId: SUMMARY_ID }));
  for (let round = 0; round < MOST_ROUNDS && keys.length > 0; round += 1) {
    if (round > 0) await sleep(BETWEEN_ROUNDS_MS * 2 ** round);
    const now = keys.slice(0, SUMMARIES_AT_ONCE);
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [name]: { Keys: now } } }),
    );
    for (const summary of (Responses?.[name] ?? []) as Summary[]) found.set(summary.requestId, summary);
    const left = UnprocessedKeys?.[name]?.Keys ?? [];
    keys = [...left, ...keys.slice(SUMMARIES_AT_ONCE)];
    // What went through costs no round.
    if (left.length === 0) round = -1;
  }
  if (keys.length > 0) {
    throw new CommandError(
      'THROTTLED',
      EXIT.failed,
      'DynamoDB left out rows again and again. Run this again in a minute.',
    );
  }
  return requestIds.flatMap((requestId) => found.get(requestId) ?? []);
}
