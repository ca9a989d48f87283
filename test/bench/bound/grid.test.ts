/** The ages at which a delivery may be checked. */
import { expect, it } from 'vitest';
import { gridOf } from '../../../bench/bound/grid.ts';
import { LIFETIMES } from '../../../bench/bound/lifetimes.ts';

const COUNT = 1_000;
const { bimodal } = LIFETIMES;
const { ages, cdf, partialMean } = gridOf(bimodal, COUNT);
const steps = [...ages.subarray(1)].map((age, i) => age - (ages[i] as number));

it('rises from 0 to an age beyond all ends, in about as many steps as asked', () => {
  expect(ages[0]).toBe(0);
  expect(ages.at(-1)).toBeGreaterThan(bimodal.until);
  expect(Math.min(...steps)).toBeGreaterThan(0);
  expect(Math.abs(ages.length - COUNT)).toBeLessThan(10);
});

it('has the ages at which the density jumps', () => {
  expect([...ages]).toEqual(expect.arrayContaining([5, 15, 600, 3_600]));
});

it('is fine where many end, and leaves no long gap where none do', () => {
  const stepAt = (age: number) => steps[ages.findIndex((one) => one > age) - 1] as number;

  expect(stepAt(10)).toBeLessThan(stepAt(1_000) / 20);
  expect(Math.max(...steps)).toBeLessThan(60);
});

it('knows the lifetime at each age', () => {
  const i = 321;

  expect(cdf[i]).toBe(bimodal.cdf(ages[i] as number));
  expect(partialMean[i]).toBe(bimodal.partialMean(ages[i] as number));
});
