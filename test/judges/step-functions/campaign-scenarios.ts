/** Campaigns for both interpreters: what starts one, and how its notifications end meanwhile. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Outcome } from '../../../contract/event/event-names.ts';
import { campaignPartition, SUMMARY_ID } from '../../../contract/table-names.ts';
import type { Scenario } from './both.ts';
import { type Faults, type Surroundings, TaskError } from './world.ts';

const CAMPAIGN_ID = 'spring';

/** A minute, so that it is over after two. */
export const CAMPAIGN_INPUT = { campaignId: CAMPAIGN_ID, notifications: 2, deadlineSeconds: 60 };

/** Of a campaign whose first notification ends before it begins, and whose second never does. */
export const CAMPAIGN: Scenario = {
  machine: 'campaignStateMachine',
  name: CAMPAIGN_ID,
  input: CAMPAIGN_INPUT,
  partition: campaignPartition(CAMPAIGN_ID),
  faults: ending({ 1: 'complete' }),
};

/** @param ends how a notification ends before each of these checks, by the check's number. */
export function ending(ends: Readonly<Record<number, Outcome>>, faults: Faults = {}) {
  return (surroundings: Surroundings): Faults => ({
    ...faults,
    invokeFunction: async (attempt, perform) => {
      const outcome = ends[attempt];
      if (outcome !== undefined) await saveSummary(surroundings, `ds-${attempt}`, outcome);
      return faults.invokeFunction === undefined ? perform() : faults.invokeFunction(attempt, perform);
    },
  });
}

/** As the function of notifications writes it. */
export async function saveSummary(
  { tables, tableName }: Surroundings,
  requestId: string,
  outcome: Outcome,
): Promise<void> {
  const counts = { total: 3, delivered: 2, failed: 1 };
  const Item = { requestId, logId: SUMMARY_ID, campaignId: CAMPAIGN_ID, outcome, counts };
  await tables.send(new PutCommand({ TableName: tableName, Item }));
}

/** The row of another execution that had the campaign's id before. */
export async function saveRowOfAnother({ tables, tableName }: Surroundings): Promise<void> {
  const requestId = campaignPartition(CAMPAIGN_ID);
  const Item = {
    ...{ requestId, logId: SUMMARY_ID, executionArn: 'arn:other', startedAt: '2026-01-01T00:00:00.000Z' },
    ...{ notifications: { expected: 9 }, checks: 1, expiresAt: 9_999_999_999 },
  };
  await tables.send(new PutCommand({ TableName: tableName, Item }));
}

export function fail(name: string): never {
  throw new TaskError(name);
}

/** `notifications` of a campaign of two. */
export function numbers(of: object): object {
  return { expected: 2, complete: 0, timedOut: 0, failed: 0, missing: 0, extra: 0, ...of };
}
