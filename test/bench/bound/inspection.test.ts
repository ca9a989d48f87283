/** The best schedule of one delivery, against closed forms and against a search of all schedules. */
import { describe, expect, it } from 'vitest';
import { type Grid, gridOf } from '../../../bench/bound/grid.ts';
import { bestPlan, type Plan } from '../../../bench/bound/inspection.ts';
import { exponential, lognormal, uniform } from '../../../bench/bound/lifetime.ts';
import { LIFETIMES } from '../../../bench/bound/lifetimes.ts';
import { randomFrom } from '../../../bench/campaign/campaign.ts';

describe('exponential lifetimes', () => {
  // (T + c) / (1 − e^−λT) − 1/λ is least where e^λT = 1 + λ (T + c).
  it.each([0.05, 0.5, 2])('are checked at equal intervals of %d means', (interval) => {
    const mean = 60;
    const price = mean * (Math.exp(interval) - 1 - interval);
    const grid = gridOf(exponential(mean), 8_000);

    const plan = bestPlan(grid, () => price);

    const calls = 1 / (1 - Math.exp(-interval));
    expect(plan.cost / ((interval * mean + price) * calls - mean)).toBeCloseTo(1, 4);
    const early = checkedAges(grid, plan).filter((age) => age < 3 * mean);
    early.forEach((age, i) => {
      expect(Math.abs(age - (i + 1) * interval * mean)).toBeLessThan(0.02 * mean);
    });
  });
});

describe('uniform lifetimes', () => {
  // Each interval is shorter than the one before by c; there are n of them as long as n (n − 1) c is less than 2 L.
  it.each([
    [1, 130],
    [2, 90],
    [5, 9],
    [20, 0.6],
  ])('are checked %d times, at intervals that shorten by the price', (n, price) => {
    const length = 120;
    const grid = gridOf(uniform(0, length), 12_000);

    const plan = bestPlan(grid, () => price);

    const c = price / length;
    const cost = 1 / (2 * n) + (c * (n + 1)) / 2 - (c * c * n * (n * n - 1)) / 24;
    expect(plan.cost / length / cost).toBeCloseTo(1, 3);
    const first = length / n + (price * (n - 1)) / 2;
    const expected = Array.from({ length: n }, (_, i) => (i + 1) * first - (price * i * (i + 1)) / 2);
    const checked = checkedAges(grid, plan);
    expect(checked).toHaveLength(n);
    checked.forEach((age, i) => {
      expect(Math.abs(age - (expected[i] as number))).toBeLessThan(0.1);
    });
  });
});

it('makes checks as dense as the root of the hazard over twice the price where they are many (Keller 1974)', () => {
  const lifetime = lognormal(60, 1.2);
  const price = 0.01;
  const grid = gridOf(lifetime, 100_000);

  const ages = checkedAges(
    grid,
    bestPlan(grid, () => price),
  );

  const i = ages.findIndex((age) => age > 60);
  const [before, after] = [ages[i - 20] as number, ages[i + 20] as number];
  const hazard = (lifetime.cdf(after) - lifetime.cdf(before)) / (after - before) / 0.5;
  expect(40 / (after - before) / Math.sqrt(hazard / (2 * price))).toBeCloseTo(1, 1);
});

it.each([1, 2, 3, 4, 5])('finds what a search of all schedules finds, whatever the prices (%d)', (seed) => {
  const random = randomFrom(seed);
  const grid = gridOf(seed % 2 ? LIFETIMES.lognormal : LIFETIMES.bimodal, 120);
  const prices = Array.from(grid.ages, () => (random() < 0.3 ? 0 : 200 * random() ** 4));

  const { cost } = bestPlan(grid, (age) => prices[age] as number);

  expect(cost).toBeCloseTo(leastCost(grid, prices), 8);
});

it('waits for a cheaper time where nothing ends', () => {
  const grid = gridOf(LIFETIMES.bimodal, 2_000);
  const cheaperSince = 40;

  const plan = bestPlan(grid, (age) => ((grid.ages[age] as number) < cheaperSince ? 300 : 1));

  const [first = 0] = checkedAges(grid, plan);
  expect(first).toBeGreaterThanOrEqual(cheaperSince);
  expect(first).toBeLessThan(cheaperSince + 10);
});

/** While something is left to check. */
function checkedAges({ ages, cdf }: Grid, { next }: Plan): number[] {
  const checked: number[] = [];
  for (let age = 0; age < ages.length - 1 && (cdf[age] as number) < 1; ) {
    age = next[age] as number;
    checked.push(ages[age] as number);
  }
  return checked;
}

function leastCost({ ages, cdf, partialMean }: Grid, prices: readonly number[]): number {
  const costs: number[] = [];
  for (let x = ages.length - 1; x >= 0; x -= 1) {
    const [ended, mean] = [cdf[x] as number, partialMean[x] as number];
    const choices = [...ages.keys()].slice(x + 1).map((y) => {
      const lag = (ages[y] as number) * ((cdf[y] as number) - ended) - ((partialMean[y] as number) - mean);
      return lag + (prices[y] as number) * (1 - ended) + (costs[y] as number);
    });
    costs[x] = choices.length === 0 ? 0 : Math.min(...choices);
  }
  return costs[0] as number;
}
