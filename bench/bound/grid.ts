/** The ages at which a delivery may be checked, and what is known of its lifetime there. */
import type { Lifetime } from './lifetime.ts';

export interface Grid {
  /** Seconds, from 0, rising. */
  readonly ages: Float64Array;
  /** The share of deliveries that have ended by each age. */
  readonly cdf: Float64Array;
  /** {@link Lifetime.partialMean} of each age, in seconds. */
  readonly partialMean: Float64Array;
}

/** Times the age by which all have ended: a check may wait beyond it for a cheaper window. */
const BEYOND = 1.5;

/**
 * Ages are dense where the best checks are, which goes with the root of the lifetimes' density (Keller 1974), and are where
 * it jumps.
 *
 * @param count of ages, about.
 */
export function gridOf(lifetime: Lifetime, count: number): Grid {
  const end = BEYOND * lifetime.until;
  const all = [0, ...denseAges(lifetime, end, count), ...lifetime.jumps, end];
  const ages = Float64Array.from(new Set(all)).sort();
  return {
    ages,
    cdf: ages.map((age) => lifetime.cdf(age)),
    partialMean: ages.map((age) => lifetime.partialMean(age)),
  };
}

/** This share of the ages is spread evenly: a check may wait for a cheaper window where nothing ends. */
const EVEN = 0.2;
/** Of equal width, in which the density is taken as a constant. */
const CELLS = 100_000;

function denseAges({ cdf }: Lifetime, end: number, count: number): number[] {
  const width = end / CELLS;
  const shares = Float64Array.from({ length: CELLS + 1 }, (_, i) => cdf(i * width));
  const roots = shares.slice(1).map((share, i) => Math.sqrt(Math.max(0, share - (shares[i] as number))));
  const rootOfMean = roots.reduce((sum, root) => sum + root, 0) / CELLS;
  const even = (rootOfMean * EVEN) / (1 - EVEN);
  const step = (CELLS * (rootOfMean + even)) / count;

  const ages: number[] = [];
  let weight = 0;
  for (const [i, root] of roots.entries()) {
    const after = weight + root + even;
    while ((ages.length + 1) * step <= after) {
      ages.push(width * (i + ((ages.length + 1) * step - weight) / (after - weight)));
    }
    weight = after;
  }
  return ages.filter((age) => age < end);
}
