import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bestPlan } from '../../../bench/bound/inspection.ts';
import { costAhead } from '../../../lambdas/check-delivery/schedule/cost-ahead.ts';
import { AGES, chancesOf } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { GRID, type Survival, survivalOf } from '../../../lambdas/check-delivery/schedule/survival.ts';
import { anyTable, endingIn } from './known-lives.ts';

const LAST = GRID.length - 1;
const anyWorth = fc.double({ min: 0.5, max: 500, noNaN: true });

/** What the bench's own program needs, which was written apart from this one. */
function benchGridOf(survival: Survival) {
  const partialMean = new Float64Array(GRID.length);
  for (let i = 1; i < GRID.length; i += 1) {
    const ended = (survival[i - 1] ?? 0) - (survival[i] ?? 0);
    partialMean[i] = (partialMean[i - 1] ?? 0) + (ended * ((GRID[i - 1] ?? 0) + (GRID[i] ?? 0))) / 2;
  }
  return { ages: GRID, cdf: survival.map((share) => 1 - share), partialMean };
}

/** What all checks and the lag cost from the beginning: what each second of delay relieves of, over all seconds. */
function costOf({ relief }: { relief: Float64Array }): number {
  return relief.reduce(
    (sum, each, i) => sum + (i < LAST ? each * ((GRID[i + 1] ?? 0) - (GRID[i] ?? 0)) : 0),
    0,
  );
}

it('costs as much as the best plan by the program of the bench', () => {
  fc.assert(
    fc.property(anyTable, anyWorth, (table, worth) => {
      const survival = survivalOf(chancesOf(table));

      const ours = costOf(costAhead(worth, survival));

      expect(ours / bestPlan(benchGridOf(survival), () => worth).cost).toBeCloseTo(1, 5);
    }),
  );
});

it('has a next check that is later than the one before, and no earlier for an older delivery', () => {
  fc.assert(
    fc.property(anyTable, anyWorth, (table, worth) => {
      const { next } = costAhead(worth, survivalOf(chancesOf(table)));

      expect(next).toEqual(next.toSorted());
      expect(next.subarray(0, LAST).every((check, age) => check > age)).toBe(true);
    }),
  );
});

it('relieves of nothing to delay a check while none can have ended', () => {
  const step = 20;
  const { relief, next } = costAhead(4, survivalOf(endingIn(step)));
  const first = GRID.indexOf(AGES[step] ?? 0);

  expect(Math.max(...relief.subarray(0, first))).toBeCloseTo(0, 9);
  expect(new Set(next.subarray(0, first)).size).toBe(1);
  expect(next[0]).toBeGreaterThan(first);
});

it('relieves of nothing where nothing costs', () => {
  expect(costOf(costAhead(4, new Float64Array(GRID.length)))).toBe(0);
});
