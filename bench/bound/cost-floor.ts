/** What no schedule of one delivery costs less than, whether or not its checks are at the ages of a grid. */
import { envelope } from './envelope.ts';
import type { Grid } from './grid.ts';

/**
 * As `bestPlan`, but a check between two ages is taken to have the least of what it costs anywhere between: the lag of one at the
 * lower age, the lowest price, and what is still to come after one at the upper age.
 *
 * @param leastPriceOf a call from the age of this number to the next one; in seconds of lag.
 */
export function costFloor({ ages, cdf, partialMean }: Grid, leastPriceOf: (cell: number) => number): number {
  const lines = envelope(ages.length);
  let leastSlope = Number.POSITIVE_INFINITY;
  let cost = 0;
  for (let x = ages.length - 1; x >= 0; x -= 1) {
    const price = leastPriceOf(x);
    const [age, ended, mean] = [ages[x] as number, cdf[x] as number, partialMean[x] as number];
    if (age + price < leastSlope) {
      leastSlope = age + price;
      lines.add(x, leastSlope, age * ended - mean + cost + price);
    }
    cost = lines.valueOf(lines.lowestAt(ended), ended) + mean;
  }
  return cost;
}
