import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demandOf } from '../../../lambdas/check-delivery/budget/demand.ts';
import type { Starts } from '../../../lambdas/check-delivery/budget/starts.ts';
import type { CallsByAge } from '../../../lambdas/check-delivery/schedule/calls-by-age.ts';

/** Fewer and fewer with age, as schedules are. */
const calls: CallsByAge = (age) => (age <= 0 ? 0 : 3 * Math.log1p(age / 20));
const steady: CallsByAge = (age) => Math.max(0, age) / 10;

/** Starts of one moment, so many seconds ago; more than a minute, so that none are to come. */
const at = (age: number, count = 1): Starts => ({ from: age, until: age, count });
const between = (until: number, from: number, count: number): Starts => ({ from, until, count });

const anyStarts: fc.Arbitrary<Starts[]> = fc.array(
  fc
    .record({
      until: fc.integer({ min: 0, max: 14_400 }),
      length: fc.constantFrom(10, 30, 600),
      count: fc.integer({ min: 1, max: 5_000 }),
    })
    .map(({ until, length, count }) => between(until, until + length, count)),
  { maxLength: 20 },
);
const anySeconds = fc.integer({ min: 1, max: 7_200 });

describe('the demand of what is under way', () => {
  it('is none where nothing is', () => {
    expect(demandOf([]).callsWithin(3_600, calls)).toBe(0);
  });

  it('is what one makes between its age and its age then', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 14_400 }), anySeconds, (age, seconds) => {
        const { callsWithin } = demandOf([at(age)]);
        expect(callsWithin(seconds, calls)).toBeCloseTo(calls(age + seconds) - calls(age), 9);
      }),
    );
  });

  it('is as much for each of those that began together', () => {
    expect(demandOf([at(300, 700)]).callsWithin(60, calls)).toBeCloseTo(700 * (calls(360) - calls(300)), 6);
  });

  it('is the sum of those that began apart', () => {
    const together = demandOf([at(300, 7), at(4_000, 50)]).callsWithin(600, calls);

    expect(together).toBeCloseTo(
      demandOf([at(300, 7)]).callsWithin(600, calls) + demandOf([at(4_000, 50)]).callsWithin(600, calls),
      9,
    );
  });

  it('takes those of a half minute as of its middle', () => {
    const demand = demandOf([between(90, 120, 10)]);

    expect(demand.callsWithin(60, calls)).toBeCloseTo(10 * (calls(165) - calls(105)), 9);
  });

  it('takes those of ten minutes as six groups, each of the middle of its hundred seconds', () => {
    const demand = demandOf([between(1_200, 1_800, 60)]);

    const groups = [1_250, 1_350, 1_450, 1_550, 1_650, 1_750];
    expect(demand.callsWithin(60, calls)).toBeCloseTo(
      groups.reduce((sum, age) => sum + 10 * (calls(age + 60) - calls(age)), 0),
      9,
    );
  });

  it('of a start by a clock that is ahead is a little less than that of one of now', () => {
    const demand = demandOf([{ from: -4, until: 0, count: 1 }]);

    expect(demand.callsWithin(60, calls)).toBeGreaterThan(0);
    expect(demand.callsWithin(60, calls)).toBeLessThan(calls(60));
  });
});

describe('the demand of what is to come', () => {
  /** What a demand is more than that of those under way. */
  function comingOf(starts: readonly Starts[], seconds: number, by: CallsByAge): number {
    const underWay = starts.reduce((sum, { from, until, count }) => {
      const groups = Math.max(1, Math.round((from - until) / 100));
      const ages = Array.from({ length: groups }, (_, i) => from - ((from - until) * (i + 0.5)) / groups);
      return sum + ages.reduce((of, age) => of + (count / groups) * (by(age + seconds) - by(age)), 0);
    }, 0);
    return demandOf(starts).callsWithin(seconds, by) - underWay;
  }
  const fromStart: CallsByAge = (age) => (age > 0 ? 1 : 0);

  it('is none where none came in the last minute', () => {
    expect(comingOf([between(60, 90, 5_000)], 3_600, calls)).toBeCloseTo(0, 6);
  });

  it('is of half as many again as came in the last hour', () => {
    const starts = [between(0, 30, 20), between(1_200, 1_800, 500), between(3_600, 4_200, 9_000)];

    expect(comingOf(starts, 7_200, fromStart)).toBeCloseTo(1.5 * 520, 6);
  });

  it('is of as many a second as came in the last minute', () => {
    const starts = [between(0, 30, 20), between(30, 60, 10), between(1_200, 1_800, 500)];

    expect(comingOf(starts, 10, fromStart)).toBeCloseTo(10 * (30 / 60), 6);
    expect(comingOf(starts, 100, fromStart)).toBeCloseTo(100 * (30 / 60), 6);
  });

  it('counts of a half minute that began more than a minute ago its later part', () => {
    expect(comingOf([between(45, 75, 30)], 1, fromStart)).toBeCloseTo(15 / 60, 9);
  });

  it('counts of ten minutes that began more than an hour ago their later part', () => {
    const starts = [between(0, 30, 6), between(3_300, 3_900, 600)];

    expect(comingOf(starts, 7_200, fromStart)).toBeCloseTo(1.5 * 306, 6);
  });

  it('is that of starts that are spread evenly, each from its own time on', () => {
    const starts = [between(0, 30, 30), between(30, 60, 30)];

    // One a second for a minute and a half, each with a call in ten seconds: until 100 s, 55 s for each in the mean.
    expect(comingOf(starts, 100, steady)).toBeCloseTo(90 * 5.5, 6);
  });

  it('is none of those that began by a clock that is ahead', () => {
    expect(comingOf([{ from: -4, until: 0, count: 50 }], 3_600, calls)).toBeCloseTo(0, 6);
  });
});

describe('any demand', () => {
  it('is none within no time, and never less within a longer one', () => {
    fc.assert(
      fc.property(anyStarts, anySeconds, anySeconds, (starts, one, other) => {
        const { callsWithin } = demandOf(starts);
        expect(callsWithin(0, steady)).toBe(0);
        const [shorter, longer] = [Math.min(one, other), Math.max(one, other)];
        expect(callsWithin(longer, steady)).toBeGreaterThanOrEqual(callsWithin(shorter, steady) - 1e-6);
      }),
    );
  });

  it('grows as all its starts do', () => {
    fc.assert(
      fc.property(anyStarts, anySeconds, fc.integer({ min: 2, max: 9 }), (starts, seconds, times) => {
        const more = starts.map((start) => ({ ...start, count: times * start.count }));
        const one = demandOf(starts).callsWithin(seconds, calls);
        expect(demandOf(more).callsWithin(seconds, calls) / (times * (one || 1))).toBeCloseTo(one ? 1 : 0, 9);
      }),
    );
  });
});
