/** When to check one delivery: the inspection problem (Barlow, Hunter and Proschan 1963), solved on a grid of ages. */
import { envelope } from './envelope.ts';
import type { Grid } from './grid.ts';

export interface Plan {
  /** The expected lag and the prices of the expected calls, in seconds. */
  readonly cost: number;
  /** Of the ages that are worth a check, by their numbers: the number of the next one. */
  readonly next: Uint32Array;
}

/**
 * The dynamic program W(x) = min over y > x of ∫ₓʸ (y − t) dF + c(y) S(x) + W(y), from the last age back. Of each y, that is a
 * line in F(x): y F(y) − G(y) + W(y) + c(y) − (y + c(y)) F(x), and G(x) beside it, where G is the partial mean. So one
 * pass over the ages finds all minima.
 *
 * @param priceOf a call at an age, by its number; in seconds of lag.
 */
export function bestPlan({ ages, cdf, partialMean }: Grid, priceOf: (age: number) => number): Plan {
  const last = ages.length - 1;
  const next = new Uint32Array(ages.length);
  const lines = envelope(ages.length);
  let leastSlope = Number.POSITIVE_INFINITY;
  let cost = 0;
  for (let x = last; x >= 0; x -= 1) {
    const price = priceOf(x);
    const slope = (ages[x] as number) + price;
    // A later check that is cheaper by as much as it is later is better, whatever was checked before.
    if (x > 0 && slope >= leastSlope) continue;
    const ended = cdf[x] as number;
    const mean = partialMean[x] as number;
    if (x < last) {
      const best = lines.lowestAt(ended);
      next[x] = lines.nameOf(best);
      cost = lines.valueOf(best, ended) + mean;
    }
    lines.add(x, slope, (ages[x] as number) * ended - mean + cost + price);
    leastSlope = slope;
  }
  return { cost, next };
}
