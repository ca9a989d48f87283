/** How long deliveries take, as distributions. Ages and times are seconds. */
import { normalCdf } from './normal-cdf.ts';

export interface Lifetime {
  /** The share of deliveries that have ended by an age. */
  cdf(age: number): number;
  /** The integral of s dF(s) from 0 to an age: what lifetimes up to it add to the mean. */
  partialMean(age: number): number;
  /** All but a few in a million have ended by this age. */
  readonly until: number;
  /** Ages at which the density jumps. */
  readonly jumps: readonly number[];
}

export function exponential(mean: number): Lifetime {
  const survival = (age: number) => Math.exp(-Math.max(0, age) / mean);
  return {
    cdf: (age) => 1 - survival(age),
    partialMean: (age) => mean - (mean + Math.max(0, age)) * survival(age),
    until: 13 * mean,
    jumps: [],
  };
}

export function uniform(from: number, to: number): Lifetime {
  const clamped = (age: number) => Math.min(to, Math.max(from, age));
  return {
    cdf: (age) => (clamped(age) - from) / (to - from),
    partialMean: (age) => (clamped(age) ** 2 - from ** 2) / (2 * (to - from)),
    until: to,
    jumps: [from, to],
  };
}

export function lognormal(median: number, sigma: number): Lifetime {
  const deviations = (age: number) => Math.log(Math.max(0, age) / median) / sigma;
  const mean = median * Math.exp(sigma ** 2 / 2);
  return {
    cdf: (age) => normalCdf(deviations(age)),
    partialMean: (age) => mean * normalCdf(deviations(age) - sigma),
    until: median * Math.exp(4.5 * sigma),
    jumps: [],
  };
}

export function mixture(...parts: readonly (readonly [share: number, Lifetime])[]): Lifetime {
  const sum = (figure: (part: Lifetime) => number) =>
    parts.reduce((total, [share, part]) => total + share * figure(part), 0);
  return {
    cdf: (age) => sum((part) => part.cdf(age)),
    partialMean: (age) => sum((part) => part.partialMean(age)),
    until: Math.max(...parts.map(([, part]) => part.until)),
    jumps: parts.flatMap(([, part]) => part.jumps),
  };
}
