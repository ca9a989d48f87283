import { expect, it } from 'vitest';
import { randomFrom } from '../../bench/campaign/campaign.ts';
import { simulate } from '../../bench/campaign/simulation.ts';
import { tracker } from '../../bench/campaign/tracker.ts';
import { teach } from '../../bench/teach.ts';
import type { BudgetState } from '../../lambdas/check-delivery/budget/budget-state.ts';
import { capacityOf, KORE_LIMITS } from '../../lambdas/check-delivery/budget/call-limits.ts';
import { forecastFrom } from '../../lambdas/check-delivery/budget/forecast.ts';
import { budgetTable, newBot } from '../lambdas/budget/budget-simulation.ts';

const table = budgetTable();
const DURATIONS = [100, 20, 3_000, 7];
const START = Date.parse('2026-01-01T00:00:00Z');
const DAY = 86_400_000;

/** What the checks of the deliveries, one a day, have taught. */
async function livesFromChecks() {
  const deliveries = [...DURATIONS, 1].map((seconds, day) => {
    const startedAt = START + day * DAY;
    return { startedAt, endsAt: startedAt + seconds * 1_000 };
  });
  const random = randomFrom(1);
  let atLastPlan: BudgetState | undefined;
  const policy = tracker(random, {
    forecast(state, outset) {
      if (outset.now >= START + DURATIONS.length * DAY) atLastPlan ??= state;
      return forecastFrom(state, outset);
    },
  });
  await simulate(deliveries, policy, random);
  return atLastPlan?.lives;
}

it('leaves what the checks of the same deliveries leave', async () => {
  const bot = newBot();
  await teach({ tables: table.server().client, budgetTableName: table.name, streamId: bot }, DURATIONS);

  const { lives } = await table.budgetStore(capacityOf(KORE_LIMITS)).read(bot, Date.now());
  const expected = await livesFromChecks();

  expect(lives.ended.filter(Boolean)).toEqual(expected?.ended.filter(Boolean));
  const differences = lives.lived.map((lived, age) => Math.abs(lived - (expected?.lived[age] ?? 0)));
  expect(Math.max(...differences)).toBeLessThan(0.001);
});
