/** Call budget tables, whole: an item for each quota key, and there are as many of these as bots. */
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { BUDGET_KEPT_SECONDS, PAUSED_AT, QUOTA_KEY } from '../../../contract/table-names.ts';
import type { TrackerDescription } from '../../../contract/tracker-description.ts';
import type { PausedBot } from '../examinations/pauses.ts';
import type { BudgetsRead } from '../examinations/separate-budgets.ts';

export interface BudgetItem {
  readonly quotaKey: string;
  readonly pausedAt?: string | undefined;
  /** When calls were last booked, milliseconds since 1970; unknown while it is paused. */
  readonly usedAt?: number | undefined;
}

export async function readBudget(client: DynamoDBDocumentClient, table: string): Promise<BudgetItem[]> {
  const items: BudgetItem[] = [];
  const request = {
    TableName: table,
    ProjectionExpression: '#key, #pausedAt, expiresAt',
    ExpressionAttributeNames: { '#key': QUOTA_KEY, '#pausedAt': PAUSED_AT },
  };
  for await (const { Items = [] } of paginateScan({ client }, request)) {
    for (const { [QUOTA_KEY]: quotaKey, [PAUSED_AT]: pausedAt, expiresAt } of Items) {
      const usedAt = expiresAt === undefined ? undefined : 1000 * (Number(expiresAt) - BUDGET_KEPT_SECONDS);
      items.push({ quotaKey: String(quotaKey), pausedAt, usedAt });
    }
  }
  return items;
}

export function pausedIn(items: readonly BudgetItem[]): PausedBot[] {
  return items.flatMap(({ quotaKey, pausedAt }) =>
    pausedAt === undefined ? [] : [{ quotaKey, pausedAt: String(pausedAt) }],
  );
}

/** What was called for longer ago says little of today. */
const DAY_MS = 86_400_000;

/** @param trackers of the account and region; those that share the table are no others. */
export async function readOtherBudgets(
  client: DynamoDBDocumentClient,
  tracker: TrackerDescription,
  own: readonly BudgetItem[],
  trackers: readonly TrackerDescription[],
  now: number,
): Promise<BudgetsRead> {
  const recent = (items: readonly BudgetItem[]) =>
    items.filter(({ usedAt = 0 }) => now - usedAt < DAY_MS).map(({ quotaKey }) => quotaKey);
  const others = trackers.filter((one) => one.callBudgetTableName !== tracker.callBudgetTableName);
  return {
    own: { host: tracker.host, quotaKeys: recent(own) },
    others: await Promise.all(
      others.map(async ({ name, host, callBudgetTableName }) => ({
        tracker: name,
        host,
        quotaKeys: recent(await readBudget(client, callBudgetTableName)),
      })),
    ),
  };
}
