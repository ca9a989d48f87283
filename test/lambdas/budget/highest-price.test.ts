/** More may seem to come than limits admit. No call is worth more than some minutes all the same: what comes is guessed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bookings, NO_BOOKINGS } from '../../../lambdas/check-delivery/budget/bookings.ts';
import {
  capacityOf,
  KORE_LIMITS,
  slotAt,
  spansWith,
} from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { callPrices } from '../../../lambdas/check-delivery/budget/call-prices.ts';
import { callsLeft } from '../../../lambdas/check-delivery/budget/calls-left.ts';
import { type CampaignUnderWay, demandOf } from '../../../lambdas/check-delivery/budget/demand.ts';
import type { Starts } from '../../../lambdas/check-delivery/budget/starts.ts';
import { callsByAge } from '../../../lambdas/check-delivery/schedule/calls-by-age.ts';
import type { WaitLimits } from '../../../lambdas/check-delivery/schedule/inspection.ts';
import { UNKNOWN } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { survivalOf } from '../../../lambdas/check-delivery/schedule/survival.ts';

const CAPACITY = capacityOf(KORE_LIMITS);
const NOW = Date.parse('2026-01-01T12:00:00Z');
const SURVIVAL = survivalOf(UNKNOWN);
const HIGHEST = 300;
/** Prices are so far apart; the highest is the first above `HIGHEST`. */
const FACTOR = 1.5;

const limitsAt = (checkWorthSeconds: number): WaitLimits => ({
  floorSeconds: 5,
  capSeconds: 130,
  checkWorthSeconds,
});
interface Load {
  readonly starts: readonly Starts[];
  readonly campaign?: CampaignUnderWay;
  readonly bookings?: Bookings;
}
function worthsOf({ starts, campaign, bookings = NO_BOOKINGS }: Load, limits = limitsAt(4)): number[] {
  const quota = { bookings, now: NOW, capacity: CAPACITY };
  return callPrices(demandOf(starts, campaign), SURVIVAL, limits, quota).map(
    ({ worthSeconds }) => worthSeconds,
  );
}
const began = (count: number): Starts[] => [{ from: 20, until: 0, count }];
const fullHour: Bookings = {
  ...NO_BOOKINGS,
  spans: new Map(spansWith(slotAt(NOW) - 1, CAPACITY).map((span) => [span, CAPACITY.callsInSpan])),
};

const anyLoad: fc.Arbitrary<Load> = fc
  .record({
    until: fc.constantFrom(0, 30, 600),
    count: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 5_000, max: 1e9 })),
    announced: fc.integer({ min: 0, max: 1e9 }),
    age: fc.integer({ min: 0, max: 90_000 }),
    isFull: fc.boolean(),
  })
  .map(({ until, count, announced, age, isFull }) => ({
    starts: [{ from: until + 30, until, count }],
    campaign: { notifications: announced, age },
    bookings: isFull ? fullHour : NO_BOOKINGS,
  }));
const anyWorth = fc.double({ min: 0.5, max: 600, noNaN: true });

describe('the highest price', () => {
  it.each([1, 4, 16])('is the first step above 300 s where an idle bot pays %i', (idle) => {
    const [now = 0] = worthsOf({ starts: began(20), bookings: fullHour }, limitsAt(idle));

    expect(now).toBeGreaterThanOrEqual(HIGHEST);
    expect(now).toBeLessThan(FACTOR * HIGHEST);
    const steps = Math.log(now / idle) / Math.log(FACTOR);
    expect(steps).toBeCloseTo(Math.round(steps), 9);
  });

  it('is 300 s where that is a step', () => {
    const [now] = worthsOf({ starts: began(20), bookings: fullHour }, limitsAt(200));

    expect(now).toBeCloseTo(300, 9);
  });

  it.each([300, 500])('is one step above what an idle bot pays where that is %i s already', (idle) => {
    const [now] = worthsOf({ starts: began(20), bookings: fullHour }, limitsAt(idle));

    expect(now).toBe(FACTOR * idle);
  });

  it.each([
    ['that began', { starts: began(100_000) }],
    ['that a campaign has announced', { starts: began(600), campaign: { notifications: 1e6, age: 20 } }],
  ])('is that of a load %s which limits do not admit even at it', (_, load: Load) => {
    const [now = 0] = worthsOf(load);

    const calls = callsByAge(now, limitsAt(4), SURVIVAL);
    const needed = demandOf(load.starts, load.campaign).callsWithin(3_600, calls);
    expect(needed).toBeGreaterThan(callsLeft(3_600, NO_BOOKINGS, NOW, CAPACITY));
    expect(now).toBe(4 * FACTOR ** 11);
  });

  it('stays as it is, however much more comes', () => {
    const worths = [1e5, 1e6, 1e9].map((count) => worthsOf({ starts: began(count) })[0]);

    expect(new Set(worths).size).toBe(1);
  });

  it('is exceeded by none, whatever comes, and no price is below the idle one', () => {
    fc.assert(
      fc.property(anyLoad, anyWorth, (load, idle) => {
        for (const worth of worthsOf(load, limitsAt(idle))) {
          expect(worth).toBeGreaterThanOrEqual(idle);
          expect(worth).toBeLessThanOrEqual(FACTOR * Math.max(HIGHEST, idle) * (1 + 1e-9));
        }
      }),
      { numRuns: 60 },
    );
  });
});
