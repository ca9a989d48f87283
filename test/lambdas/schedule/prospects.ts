/** What may be known when a wait is chosen. */
import fc from 'fast-check';
import { chancesOf, UNKNOWN } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import type { Price } from '../../../lambdas/check-delivery/schedule/price.ts';
import type { Prospect, Schedule } from '../../../lambdas/check-delivery/schedule/schedule.ts';
import { anyAge, anyTable } from './known-lives.ts';

export const defaults: Schedule = { floorSeconds: 5, checkWorthSeconds: 4, capSeconds: 135 };

/** Of a bot whose calls are all free, so that no jitter is needed. */
export const idle: readonly Price[] = [{ untilSeconds: 7_200, worthSeconds: defaults.checkWorthSeconds }];

export const prospect = (changes: Partial<Prospect> = {}): Prospect => ({
  elapsedSeconds: 100,
  seenSeconds: changes.elapsedSeconds ?? 100,
  checks: 3,
  prices: [],
  chances: UNKNOWN,
  random: 0,
  ...changes,
});

export const anySchedule: fc.Arbitrary<Schedule> = fc
  .record({
    floorSeconds: fc.integer({ min: 1, max: 60 }),
    checkWorthSeconds: fc.integer({ min: 1, max: 600 }),
    capSeconds: fc.integer({ min: 1, max: 3600 }),
  })
  .map((schedule) => ({ ...schedule, floorSeconds: Math.min(schedule.floorSeconds, schedule.capSeconds) }));

const anyPrices: fc.Arbitrary<Price[]> = fc
  .array(
    fc.record({
      untilSeconds: fc.integer({ min: 1, max: 7_200 }),
      worthSeconds: fc.double({ min: 1, max: 40_000, noNaN: true }),
    }),
    { maxLength: 4 },
  )
  .map((prices) => prices.toSorted((a, b) => a.untilSeconds - b.untilSeconds));

export const anyProspect: fc.Arbitrary<Prospect> = fc
  .record({
    // A clock may be behind that of the execution.
    elapsedSeconds: fc.oneof(fc.double({ min: -2, max: 90_000, noNaN: true }), anyAge),
    unseen: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10_000 })),
    checks: fc.integer({ min: 0, max: 400 }),
    prices: anyPrices,
    chances: anyTable.map(chancesOf),
    endsInSeconds: fc.option(fc.double({ min: 0, max: 100_000, noNaN: true }), { nil: undefined }),
    atLeastSeconds: fc.integer({ min: 0, max: 300 }),
    koreAsksSeconds: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined }),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  })
  .map(({ unseen, ...known }) => ({ ...known, seenSeconds: Math.max(0, known.elapsedSeconds - unseen) }));
