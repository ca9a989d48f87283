/** What is still to come of a campaign whose number of notifications is known. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CampaignUnderWay, demandOf } from '../../../lambdas/check-delivery/budget/demand.ts';
import type { Starts } from '../../../lambdas/check-delivery/budget/starts.ts';
import type { CallsByAge } from '../../../lambdas/check-delivery/schedule/calls-by-age.ts';

const between = (until: number, from: number, count: number): Starts => ({ from, until, count });
/** Of what no campaign announces, so many times as many are taken to come. */
const OTHERS = 1.5;
/** So long that all have come, however slowly they do. */
const AT_LAST = 1e12;

/** How many come within so many seconds: what is under way makes no call any more, and what comes makes one at once. */
function comingOf(starts: readonly Starts[], campaign: CampaignUnderWay, seconds = AT_LAST): number {
  return demandOf(starts, campaign).callsWithin(seconds, (age) => (age > 0 ? 1 : 0));
}

const anyStarts: fc.Arbitrary<Starts[]> = fc.array(
  fc
    .record({
      until: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 14_400 })),
      length: fc.constantFrom(-4, 10, 30, 600),
      count: fc.integer({ min: 1, max: 5_000 }),
    })
    // By a clock that is ahead: it began in the future.
    .map(({ until, length, count }) =>
      between(length < 0 ? 0 : until, length < 0 ? length : until + length, count),
    ),
  { maxLength: 20 },
);
const anyAge = fc.oneof(
  fc.constantFrom(0, -0.001, -5, -86_400, Number.NaN),
  fc.double({ min: 0, max: 100_000, noNaN: true }),
);
const anyCampaign: fc.Arbitrary<CampaignUnderWay> = fc.record({
  notifications: fc.integer({ min: 0, max: 1_000_000 }),
  age: anyAge,
});
const anySeconds = fc.integer({ min: 1, max: 7_200 });
const calls: CallsByAge = (age) => (age <= 0 ? 0 : 3 * Math.log1p(age / 20));
const steady: CallsByAge = (age) => Math.max(0, age) / 10;

describe('what comes of a campaign', () => {
  it('is what it announced, less what has started', () => {
    const starts = [between(0, 30, 20), between(30, 60, 15)];

    expect(comingOf(starts, { notifications: 100, age: 60 })).toBeCloseTo(65, 9);
  });

  it('is nothing where all have started', () => {
    expect(comingOf([between(0, 30, 40)], { notifications: 40, age: 30 })).toBe(0);
  });

  it('comes no faster than all of it so far, where it is sent in parts', () => {
    const starts = [between(0, 30, 300), between(600, 630, 300), between(1_200, 1_230, 300)];

    expect(comingOf(starts, { notifications: 30_000, age: 3_000 }, 600)).toBeCloseTo((600 * 900) / 1_230, 6);
  });

  it('comes as fast as since its first start, not since it was announced', () => {
    const starts = [between(0, 30, 60), between(30, 60, 60), between(60, 120, 120)];

    expect(comingOf(starts, { notifications: 2_000, age: 7_200 }, 100)).toBeCloseTo(100 * 2, 9);
  });

  it('comes as fast as in the last minute, where it was faster before', () => {
    const starts = [between(0, 30, 20), between(30, 60, 10), between(600, 1_200, 900)];

    expect(comingOf(starts, { notifications: 2_000, age: 1_200 }, 10)).toBeCloseTo(10 * (30 / 60), 9);
    expect(comingOf(starts, { notifications: 2_000, age: 1_200 }, 1_000)).toBeCloseTo(1_000 * (30 / 60), 9);
  });

  it('is nothing where nothing started within the last minute, however much it announced', () => {
    expect(comingOf([between(60, 90, 5_000)], { notifications: 100_000, age: 90 })).toBe(0);
  });

  it('is less by all that has started since it began, also more than an hour ago', () => {
    const starts = [between(0, 30, 20), between(4_200, 4_800, 500)];

    expect(comingOf(starts, { notifications: 1_000, age: 5_000 })).toBeCloseTo(480, 9);
  });
});

describe('what comes beside a campaign', () => {
  it('is half as many again as began within the hour before it', () => {
    const starts = [between(0, 30, 20), between(600, 1_200, 10)];

    expect(comingOf(starts, { notifications: 100, age: 60 })).toBeCloseTo(80 + OTHERS * 10, 9);
  });

  it('is not reckoned by what began more than an hour ago', () => {
    const starts = [between(0, 30, 20), between(4_200, 4_800, 500)];

    expect(comingOf(starts, { notifications: 100, age: 60 })).toBeCloseTo(80, 9);
  });

  it('is reckoned by the share of a half minute that had passed as it began', () => {
    const starts = [between(0, 30, 20)];

    expect(comingOf(starts, { notifications: 100, age: 15 })).toBeCloseTo(90 + OTHERS * 10, 9);
  });

  it('is reckoned by those that are more than it announced', () => {
    expect(comingOf([between(0, 30, 40)], { notifications: 10, age: 30 })).toBeCloseTo(OTHERS * 30, 9);
  });

  it.each([
    ['begins at this moment', 0],
    ['began in the future, by a clock that is ahead', -5],
    ['began nobody knows when', Number.NaN],
  ])('is reckoned by all that began within the hour where the campaign %s', (_, age) => {
    expect(comingOf([between(0, 30, 40)], { notifications: 100, age })).toBeCloseTo(100 + OTHERS * 40, 9);
  });

  it('is what comes without any campaign where one announced nothing', () => {
    const starts = [between(0, 30, 40), between(600, 1_200, 500)];

    expect(comingOf(starts, { notifications: 0, age: 60 })).toBeCloseTo(OTHERS * 540, 9);
    expect(demandOf(starts).callsWithin(3_600, calls)).toBe(
      demandOf(starts, { notifications: 0, age: 60 }).callsWithin(3_600, calls),
    );
  });
});

describe('the demand beside any campaign', () => {
  it('is a number, and none is negative', () => {
    fc.assert(
      fc.property(anyStarts, anyCampaign, anySeconds, (starts, campaign, seconds) => {
        // NaN is not at least 0 either.
        expect(demandOf(starts, campaign).callsWithin(seconds, calls)).toBeGreaterThanOrEqual(0);
        expect(comingOf(starts, campaign)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is none within no time, and never less within a longer one', () => {
    fc.assert(
      fc.property(anyStarts, anyCampaign, anySeconds, anySeconds, (starts, campaign, one, other) => {
        const { callsWithin } = demandOf(starts, campaign);
        expect(callsWithin(0, steady)).toBe(0);
        const [shorter, longer] = [Math.min(one, other), Math.max(one, other)];
        expect(callsWithin(longer, steady)).toBeGreaterThanOrEqual(callsWithin(shorter, steady) * (1 - 1e-9));
      }),
    );
  });

  it('never falls as the campaign announces more, from as many on as have started', () => {
    fc.assert(
      fc.property(
        anyStarts,
        anyAge,
        fc.nat(100_000),
        fc.nat(100_000),
        anySeconds,
        (starts, age, some, more, seconds) => {
          const started = starts.reduce((sum, { count }) => sum + count, 0);
          const callsOf = (notifications: number) =>
            demandOf(starts, { notifications, age }).callsWithin(seconds, steady);

          expect(callsOf(started + some + more)).toBeGreaterThanOrEqual(callsOf(started + some) * (1 - 1e-9));
        },
      ),
    );
  });

  it('of what is to come is at least what was announced and has not started, where any comes at all', () => {
    fc.assert(
      fc.property(anyStarts, anyCampaign, (starts, campaign) => {
        const known = [...starts, between(0, 30, 1)];
        const began = known.reduce((sum, { count }) => sum + count, 0);

        expect(comingOf(known, campaign)).toBeGreaterThanOrEqual(
          (campaign.notifications - began) * (1 - 1e-9),
        );
      }),
    );
  });
});
