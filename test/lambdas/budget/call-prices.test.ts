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
import { demandOf } from '../../../lambdas/check-delivery/budget/demand.ts';
import type { Starts } from '../../../lambdas/check-delivery/budget/starts.ts';
import { callsByAge } from '../../../lambdas/check-delivery/schedule/calls-by-age.ts';
import { AGES, chancesOf, UNKNOWN } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { type Survival, survivalOf } from '../../../lambdas/check-delivery/schedule/survival.ts';

const CAPACITY = capacityOf(KORE_LIMITS);
const LIMITS = { floorSeconds: 5, capSeconds: 600, checkWorthSeconds: 4 };
const IDLE = LIMITS.checkWorthSeconds;
/** The first step above 300 s. */
const HIGHEST = IDLE * 1.5 ** 11;
/** The beginning of a part of the hour. */
const NOW = Date.parse('2026-01-01T12:00:00Z');
const SURVIVAL = survivalOf(UNKNOWN);

function pricesOf(
  starts: readonly Starts[],
  { bookings = NO_BOOKINGS, survival = SURVIVAL }: { bookings?: Bookings; survival?: Survival } = {},
) {
  return callPrices(demandOf(starts), survival, LIMITS, { bookings, now: NOW, capacity: CAPACITY });
}
const worthNow = (prices: ReturnType<typeof pricesOf>) => prices[0]?.worthSeconds ?? 0;

/** Of ten seconds a minute ago, so that none is still to come. */
const burst = (count: number): Starts => ({ from: 70, until: 60, count });

/** Bookings of an hour that was used up in its first part. */
const fullHour: Bookings = {
  ...NO_BOOKINGS,
  spans: new Map(spansWith(slotAt(NOW) - 1, CAPACITY).map((span) => [span, CAPACITY.callsInSpan])),
};

const anyCount = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 50, max: 100_000 }));
const anyStarts: fc.Arbitrary<Starts[]> = fc.array(
  fc
    .record({
      until: fc.integer({ min: 0, max: 14_400 }),
      length: fc.constantFrom(30, 600),
      count: anyCount,
    })
    .map(({ until, length, count }) => ({ from: until + length, until, count })),
  { minLength: 1, maxLength: 8 },
);
/** Of counts as they might come from a table, or from one that somebody has tampered with. */
const anySurvival = fc
  .record({
    lived: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })), {
      maxLength: AGES.length,
    }),
    ended: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })), {
      maxLength: AGES.length,
    }),
  })
  .map((lives) => survivalOf(chancesOf(lives)));

describe('the prices of calls', () => {
  it('are what a check is worth to an idle bot, where nothing is under way', () => {
    expect(new Set(pricesOf([]).map(({ worthSeconds }) => worthSeconds))).toEqual(new Set([IDLE]));
  });

  it('are so too where a few are under way', () => {
    expect(new Set(pricesOf([burst(20)]).map(({ worthSeconds }) => worthSeconds))).toEqual(new Set([IDLE]));
  });

  it('are higher where many that began hours ago are still under way', () => {
    const ended = AGES.map((age) => (age < 10_000 ? 0 : 500_000));
    const long = survivalOf(chancesOf({ lived: AGES.map(() => 1e6), ended }));

    const prices = pricesOf([{ from: 12_600, until: 12_000, count: 50_000 }], { survival: long });

    expect(worthNow(prices)).toBeGreaterThan(IDLE);
  });

  it('are told for two hours, of times that follow on one another', () => {
    const ends = pricesOf([burst(20)]).map(({ untilSeconds }) => untilSeconds);

    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    expect(new Set(ends).size).toBe(ends.length);
    expect([ends[0], ends.at(-1)]).toEqual([30, 7_200]);
  });

  it('rise with what is under way', () => {
    const worths = [100, 4_000, 5_000, 7_000, 10_000, 20_000].map((count) =>
      worthNow(pricesOf([burst(count)])),
    );

    expect(worths).toEqual(worths.toSorted((a, b) => a - b));
    expect(new Set(worths).size).toBeGreaterThan(3);
  });

  it('are the idle one far ahead of a burst that is soon over', () => {
    const prices = pricesOf([{ from: 20, until: 0, count: 2_000 }]);

    expect(worthNow(prices)).toBeGreaterThan(50 * IDLE);
    expect(prices.at(-1)?.worthSeconds).toBe(IDLE);
  });

  it('are the highest now where the hour is used up', () => {
    const [now] = pricesOf([burst(20)], { bookings: fullHour });

    expect(now?.worthSeconds).toBe(HIGHEST);
  });

  it('are the idle one where the hour is used up and nobody needs a call', () => {
    expect(worthNow(pricesOf([], { bookings: fullHour }))).toBe(IDLE);
  });

  it('never fall as more of the same is under way', () => {
    fc.assert(
      fc.property(anyStarts, fc.integer({ min: 2, max: 20 }), (starts, times) => {
        const more = starts.map((start) => ({ ...start, count: times * start.count }));
        const few = pricesOf(starts);
        for (const [i, { worthSeconds }] of pricesOf(more).entries()) {
          expect(worthSeconds).toBeGreaterThanOrEqual((few[i]?.worthSeconds ?? 0) * (1 - 1e-9));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('of now never fall as more begin now', () => {
    fc.assert(
      fc.property(anyStarts, anyCount, (starts, count) => {
        const more = [...starts, { from: 20, until: 0, count }];
        expect(worthNow(pricesOf(more))).toBeGreaterThanOrEqual(worthNow(pricesOf(starts)) * (1 - 1e-9));
      }),
      { numRuns: 60 },
    );
  });

  it('are numbers from the idle one to the highest, whatever is under way and was learnt', () => {
    fc.assert(
      fc.property(anyStarts, anySurvival, fc.boolean(), (starts, survival, isFull) => {
        for (const { worthSeconds } of pricesOf(starts, {
          survival,
          bookings: isFull ? fullHour : NO_BOOKINGS,
        })) {
          expect(worthSeconds).toBeGreaterThanOrEqual(IDLE);
          expect(worthSeconds).toBeLessThanOrEqual(HIGHEST);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a price above the idle one', () => {
  /** Of deliveries that take an hour in the mean, whatever their age. */
  const slow = survivalOf(
    chancesOf({
      lived: AGES.map(() => 500),
      ended: AGES.map((from, age) => (500 * ((AGES[age + 1] ?? from) - from)) / 3_600),
    }),
  );
  /** So many in each half minute of the ten minutes until a minute ago. */
  const spread = (count: number): Starts[] =>
    Array.from({ length: 20 }, (_, i) => ({ from: 90 + 30 * i, until: 60 + 30 * i, count }));
  /** For the window that needs it most: the calls that all would make where a check is worth so much, for each that is left. */
  const needed = (starts: readonly Starts[], worthSeconds: number) =>
    Math.max(
      ...[30, 60, 120, 240, 480, 900, 1_350, 1_800, 2_700, 3_600].map((end) => {
        const calls = demandOf(starts).callsWithin(end, callsByAge(worthSeconds, LIMITS, slow));
        return calls / callsLeft(end, NO_BOOKINGS, NOW, CAPACITY);
      }),
    );

  it.each([150, 200, 500])(
    'lets %i every half minute make no more calls than are left in any window; at a tenth less they made more in one',
    (count) => {
      const starts = spread(count);

      const worth = worthNow(pricesOf(starts, { survival: slow }));

      expect(needed(starts, worth)).toBeLessThanOrEqual(1.01);
      expect(needed(starts, 0.9 * worth)).toBeGreaterThan(1);
    },
  );

  it.each([200, 250, 300, 350, 400])(
    'is within a step of the least at which %i every half minute make no more calls, where one makes many more or none',
    (count) => {
      const starts = spread(count);

      const worth = worthNow(pricesOf(starts, { survival: slow }));

      expect(needed(starts, 1.5 * worth)).toBeLessThanOrEqual(1);
      expect(needed(starts, worth / 1.5)).toBeGreaterThan(1);
    },
  );

  it('is higher where more of the hour is used', () => {
    const used = (share: number): Bookings => ({
      ...NO_BOOKINGS,
      spans: new Map(
        spansWith(slotAt(NOW) - 1, CAPACITY).map((span) => [span, share * CAPACITY.callsInSpan]),
      ),
    });

    const worths = [0, 0.5, 0.8, 0.95].map((share) =>
      worthNow(pricesOf(spread(200), { survival: slow, bookings: used(share) })),
    );

    expect(worths).toEqual(worths.toSorted((a, b) => a - b));
    expect(new Set(worths).size).toBeGreaterThan(2);
  });
});
