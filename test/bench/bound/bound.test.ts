/** The least mean lag, against closed forms and the figures of a program written apart. */
import { describe, expect, it } from 'vitest';
import { boundOfCohorts, campaignBound, idleBound } from '../../../bench/bound/bound.ts';
import { gridOf } from '../../../bench/bound/grid.ts';
import { exponential, uniform } from '../../../bench/bound/lifetime.ts';
import { LIFETIMES } from '../../../bench/bound/lifetimes.ts';
import { relaxation } from '../../../bench/bound/relaxation.ts';
import { windowsOf } from '../../../bench/bound/windows.ts';
import { randomFrom } from '../../../bench/campaign/campaign.ts';

const { lognormal, bimodal } = LIFETIMES;
const campaign = { lifetime: lognormal, notifications: 300, withinSeconds: 60 };
const published = campaignBound({ ...campaign, windows: 'published' });

describe('for one delivery', () => {
  it.each([0.1, 1, 3])('is that of equal intervals if lifetimes are exponential (%d means)', (interval) => {
    const calls = 1 / (1 - Math.exp(-interval));

    expect(idleBound(exponential(1), calls) / (interval * calls - 1)).toBeCloseTo(1, 2);
  });

  // n checks at the price c need (n + 1)/2 − c n (n² − 1)/12 calls and lag 1/(2n) + c² n (n² − 1)/24.
  it.each([1.5, 2, 5.5, 20])('is that of shortening intervals if they are uniform (%d calls)', (calls) => {
    const n = Math.ceil(3 * calls) - 2;
    const cube = n * (n * n - 1);
    const c = (12 * ((n + 1) / 2 - calls)) / cube;

    expect(idleBound(uniform(0, 1), calls) / (1 / (2 * n) + (c * c * cube) / 24)).toBeCloseTo(1, 2);
  });
});

it('is not there for fewer calls than deliveries', () => {
  expect(() => idleBound(lognormal, 0.9)).toThrow(RangeError);
});

describe('for a campaign', () => {
  it('is that for one delivery if one window admits so many calls for each', () => {
    // All start at once and have ended before the first minute is over.
    const { meanLag } = campaignBound({
      lifetime: uniform(0, 50),
      notifications: 300,
      withinSeconds: 0,
      windows: 'published',
    });

    expect(meanLag).toBeCloseTo(0.15 * 50, 2);
  });

  it.each([
    ['lognormal, 1,000 in 300 s', { lifetime: lognormal, notifications: 1_000, withinSeconds: 300 }, 11.5],
    ['bimodal, 3,000 in 600 s', { lifetime: bimodal, notifications: 3_000, withinSeconds: 600 }, 7.7],
  ])('is within 3 per cent of what another program found: %s', (_, other, lag) => {
    const { meanLag } = campaignBound({ ...other, windows: 'published' });

    expect(Math.abs(meanLag / lag - 1)).toBeLessThan(0.03);
  });

  it('is higher where less of the limits can be used', () => {
    const budget = campaignBound({ ...campaign, windows: 'budget' });

    expect(budget.meanLag).toBeGreaterThan(1.05 * published.meanLag);
  });

  it('is higher for fewer calls, and then plans no more than those', () => {
    const fewer = campaignBound({ ...campaign, windows: 'published', callsEach: 5 });

    expect(fewer.meanLag).toBeGreaterThan(2 * published.meanLag);
    expect(fewer.callsEach).toBeCloseTo(5, 1);
  });

  it('is that for one delivery with so few calls that no limit matters', () => {
    const few = campaignBound({ ...campaign, notifications: 10, windows: 'published', callsEach: 3 });

    expect(few.meanLag).toBeCloseTo(idleBound(lognormal, 3), 1);
  });

  it('has a price for the first minute, and none for a time when nothing is left to check', () => {
    expect(published.priceAt(30)).toBeGreaterThan(published.priceAt(600));
    expect(published.priceAt(1e6)).toBe(0);
  });

  it('does not change if its notifications are named as two kinds', () => {
    const half = { lifetime: lognormal, notifications: 150, withinSeconds: 30 };

    const halves = boundOfCohorts([half, { ...half, fromSeconds: 30 }], { windows: 'published' });

    expect(halves.meanLag / published.meanLag).toBeCloseTo(1, 2);
  });
});

describe('with prices that are not the best', () => {
  const windows = windowsOf([{ seconds: 60, calls: 600, apart: 60 }], 600);
  const starts = { grid: gridOf(lognormal, 500), notifications: 300, from: 0, within: 60, moments: 31 };
  const relaxed = relaxation([starts], windows);

  it.each([1, 2, 3])('is lower: prices %d', (seed) => {
    const random = randomFrom(seed);
    const { bound } = relaxed(Float64Array.from(windows, () => 5 * random()));

    expect(bound / 300).toBeLessThan(published.meanLag);
  });

  it('rises with the price of a window in which more calls are planned than it admits', () => {
    const none = new Float64Array(windows.length);
    const { bound, calls, allCalls } = relaxed(none);
    expect(calls[0]).toBeGreaterThan(600);
    expect(allCalls).toBeGreaterThan(calls[0] as number);

    expect(relaxed(none.with(0, 0.01)).bound).toBeGreaterThan(bound);
  });
});
