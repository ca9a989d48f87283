/** What no schedule of one delivery costs less than. */
import { describe, expect, it } from 'vitest';
import { costFloor } from '../../../bench/bound/cost-floor.ts';
import { type Grid, gridOf } from '../../../bench/bound/grid.ts';
import { bestPlan } from '../../../bench/bound/inspection.ts';
import { LIFETIMES } from '../../../bench/bound/lifetimes.ts';
import { randomFrom } from '../../../bench/campaign/campaign.ts';

const { bimodal } = LIFETIMES;

describe.each([1, 2, 3, 4, 5, 6])('with prices that change at times on no grid (%d)', (seed) => {
  const random = randomFrom(seed);
  const prices = Array.from({ length: 60 }, () => (random() < 0.2 ? 0 : 100 * random() ** 3));
  const turn = 97.3 + random();
  const priceAt = (age: number) => prices[Math.floor(age / turn)] ?? 0;
  const floorOn = (grid: Grid) =>
    costFloor(grid, (cell) => {
      const [from, to] = [grid.ages[cell] as number, grid.ages[cell + 1] ?? Number.POSITIVE_INFINITY];
      return Math.min(
        priceAt(from),
        priceAt(to),
        ...prices.filter((_, i) => from < i * turn && i * turn <= to),
      );
    });
  const coarse = gridOf(bimodal, 100);
  const fine = gridOf(bimodal, 20_000);
  const best = bestPlan(fine, (age) => priceAt(fine.ages[age] as number)).cost;

  it('is below the best schedule, however coarse its grid is', () => {
    expect(floorOn(coarse)).toBeLessThan(best);
  });

  it('is just below it on a fine grid', () => {
    expect(floorOn(fine)).toBeLessThan(best);
    expect(floorOn(fine)).toBeGreaterThan(0.98 * best);
  });

  it('is below schedules that are drawn', () => {
    const floor = floorOn(fine);

    for (let i = 0; i < 50; i += 1) expect(costOf(drawnAges(random))).toBeGreaterThan(floor);
  });

  function costOf(checked: readonly number[]): number {
    let cost = 0;
    let last = 0;
    for (const age of checked) {
      const lag =
        age * (bimodal.cdf(age) - bimodal.cdf(last)) - (bimodal.partialMean(age) - bimodal.partialMean(last));
      cost += lag + priceAt(age) * (1 - bimodal.cdf(last));
      last = age;
    }
    return cost;
  }
});

/** Ages of checks whose waits grow; the last one is when all have ended. */
function drawnAges(random: () => number): number[] {
  const ages: number[] = [];
  const growth = 1.05 + random();
  for (let wait = 3 * random() + 0.5, age = wait; age < bimodal.until; age += wait) {
    ages.push(age);
    wait *= 1 + growth * random() * 0.3;
  }
  return [...ages, bimodal.until];
}
