/** Two trackers of an account that call Kore.ai for one bot, and count the calls in two tables. */
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { BUDGET_KEPT_SECONDS } from '../../../contract/table-names.ts';
import type { TrackerDescription } from '../../../contract/tracker-description.ts';
import { type HealthyTracker, healthyTracker, NOW } from './healthy-tracker.ts';

const OTHER = 'OtherBudget';
const DAY_MS = 86_400_000;

let tracker: HealthyTracker;
beforeAll(async () => {
  tracker = await healthyTracker();
  await tracker.line.tables.client.send(
    new CreateTableCommand({
      TableName: OTHER,
      KeySchema: [{ AttributeName: 'bot', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'bot', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
});
afterAll(() => tracker.line.close());
beforeEach(async () => {
  await tracker.heal();
  await tracker.budgetHolds(item('st-own'));
});

const item = (bot: string, usedAt = NOW) => ({ bot, expiresAt: usedAt / 1000 + BUDGET_KEPT_SECONDS });

function deployBeside(changes: Partial<TrackerDescription> = {}): void {
  const beside = { ...tracker.description, name: 'Beside', callBudgetTableName: OTHER, ...changes };
  tracker.line.aws.stacks.set('Beside', [JSON.stringify(beside)]);
}

async function found() {
  const { document } = await tracker.examine('--stack', 'DeliveryTracker', '--json');
  return document.findings;
}

it('are found by the bots that both tables have, and named', async () => {
  deployBeside();
  for (const bot of ['st-own', 'st-other']) await tracker.budgetHolds(item(bot), OTHER);

  expect(await found()).toEqual([
    expect.objectContaining({
      code: 'CALL_BUDGETS_SEPARATE',
      what: expect.stringContaining('The tracker Beside calls Kore.ai for st-own too'),
    }),
  ]);
});

it('are none where both have one table', async () => {
  deployBeside({ callBudgetTableName: tracker.description.callBudgetTableName });

  expect(await found()).toEqual([]);
});

it('are none where they call two installations of Kore.ai', async () => {
  deployBeside({ host: 'https://eu-platform.kore.ai' });
  await tracker.budgetHolds(item('st-own'), OTHER);

  expect(await found()).toEqual([]);
});

it('are none where the other has not called for the bot in the last day', async () => {
  deployBeside();
  await tracker.budgetHolds(item('st-own', NOW - 2 * DAY_MS), OTHER);

  expect(await found()).toEqual([]);
});

it('are not looked for where the other table may not be read, and the pauses are', async () => {
  deployBeside({ callBudgetTableName: 'Nowhere' });
  await tracker.budgetHolds({ bot: 'st-paused', pausedAt: '2026-11-24T11:00:00Z' });

  const codes = (await found()).map(({ code }: { code: string }) => code);

  expect(codes).toEqual(['BOT_PAUSED', 'NOT_EXAMINED']);
});
