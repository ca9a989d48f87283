/** How long deliveries take, as distributions. */
import { describe, expect, it } from 'vitest';
import { exponential, type Lifetime, lognormal, uniform } from '../../../bench/bound/lifetime.ts';
import { LIFETIMES } from '../../../bench/bound/lifetimes.ts';
import { normalCdf } from '../../../bench/bound/normal-cdf.ts';
import { randomFrom, SHAPES, type Shape } from '../../../bench/campaign/campaign.ts';

it.each(Object.keys(SHAPES) as Shape[])('campaigns draw the lifetimes of the distribution "%s"', (shape) => {
  const random = randomFrom(1);
  const drawn = Array.from({ length: 20_000 }, () => SHAPES[shape](random)).sort((a, b) => a - b);

  const distances = drawn.map((age, i) => Math.abs(LIFETIMES[shape].cdf(age) - (i + 0.5) / drawn.length));

  // One of a hundred samples of this size is farther from its own distribution (Kolmogorov).
  expect(Math.max(...distances)).toBeLessThan(1.63 / Math.sqrt(drawn.length));
});

describe.each<[string, Lifetime, number]>([
  ['exponential', exponential(40), 40],
  ['uniform', uniform(10, 30), 20],
  ['lognormal', lognormal(60, 1.2), 60 * Math.exp(0.72)],
  ['bimodal', LIFETIMES.bimodal, 0.8 * 10 + 0.2 * 2_100],
])('%s lifetimes', (_, lifetime, mean) => {
  it('have none below 0, and nearly all by the age named', () => {
    expect(lifetime.cdf(0)).toBe(0);
    expect(lifetime.partialMean(0)).toBe(0);
    expect(1 - lifetime.cdf(lifetime.until)).toBeLessThan(4e-6);
  });

  it('have their mean', () => {
    expect(lifetime.partialMean(1e9)).toBeCloseTo(mean, 9);
  });

  it('add to the mean what their distribution says', () => {
    const age = 25;
    const steps = 200_000;
    const integral = Array.from({ length: steps }, (_, i) => lifetime.cdf(((i + 0.5) / steps) * age));
    const below = (integral.reduce((sum, share) => sum + share, 0) / steps) * age;

    expect(lifetime.partialMean(age)).toBeCloseTo(age * lifetime.cdf(age) - below, 4);
  });
});

it.each([
  [-40, 0],
  [-3, 0.0013498980316301],
  [0, 0.5],
  [1, 0.841344746068543],
  [1.96, 0.97500210485178],
  [8, 1],
  [40, 1],
])('knows the share below %d of the normal distribution', (z, share) => {
  expect(normalCdf(z)).toBeCloseTo(share, 13);
});
