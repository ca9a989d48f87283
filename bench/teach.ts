/** What a bot's earlier deliveries have left in the call budget of a local run. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { budgetIn } from '../lambdas/check-delivery/budget/budget-table.ts';
import { capacityOf, KORE_LIMITS } from '../lambdas/check-delivery/budget/call-limits.ts';
import { endedBetween } from '../lambdas/check-delivery/schedule/life-table.ts';

/** Where the budget is kept, and whose it is. */
export interface Pupil {
  readonly tables: DynamoDBDocumentClient;
  readonly budgetTableName: string;
  readonly streamId: string;
}

/**
 * Of each delivery what all its checks would have taught together. They began too long ago to tell how many will come.
 *
 * @param durations seconds, of each delivery.
 */
export async function teach(
  { tables, budgetTableName, streamId }: Pupil,
  durations: readonly number[],
): Promise<void> {
  const budget = budgetIn(tables, budgetTableName, capacityOf(KORE_LIMITS));
  for (const seconds of durations) {
    const state = await budget.read(streamId, Date.now());
    await budget.learn(streamId, endedBetween(0, seconds, seconds), state, Date.now());
  }
}
