import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspection } from '../../../lambdas/check-delivery/schedule/inspection.ts';
import { AGES, UNKNOWN } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { foretell, waitSeconds } from '../../../lambdas/check-delivery/schedule/schedule.ts';
import { survivalOf } from '../../../lambdas/check-delivery/schedule/survival.ts';
import { anyProspect, anySchedule, defaults, idle, prospect } from './prospects.ts';

const YEAR = 31_536_000;
/** What the costs say where nothing is known. */
const waitAt = (age: number, worthSeconds = defaults.checkWorthSeconds) =>
  inspection(worthSeconds, defaults, survivalOf(UNKNOWN))(age).seconds;

describe('the wait', () => {
  it('is that of an idle bot where no price is known', () => {
    expect(waitSeconds(defaults, prospect())).toBe(waitAt(100));
  });

  it('is shorter where deliveries of this age were seen to end', () => {
    const ending = AGES.map(() => 0.5);

    expect(waitSeconds(defaults, prospect({ chances: ending }))).toBeLessThan(
      0.8 * waitSeconds(defaults, prospect()),
    );
  });

  it('is reckoned from when the delivery was last seen to be under way', () => {
    const known = prospect({ elapsedSeconds: 108, seenSeconds: 100 });

    expect(waitSeconds(defaults, known)).toBeCloseTo(waitAt(100) - 8);
    expect(waitSeconds(defaults, { ...known, prices: idle })).toBeCloseTo(waitAt(100) - 8);
  });

  it('is the floor where the check should have been made long ago', () => {
    expect(waitSeconds(defaults, prospect({ elapsedSeconds: 900, seenSeconds: 100 }))).toBe(5);
  });

  it('ends at the same age where a clock is behind that of the execution', () => {
    expect(waitSeconds(defaults, prospect({ elapsedSeconds: -2, seenSeconds: 0 }))).toBe(2 + waitAt(0));
    expect(waitSeconds(defaults, prospect({ elapsedSeconds: -2, seenSeconds: -2 }))).toBe(2 + waitAt(0));
  });

  it('is the cap for a delivery so old that nothing is known of its age', () => {
    expect(waitSeconds(defaults, prospect({ elapsedSeconds: YEAR }))).toBe(135);
  });

  it('is a time that is no shorter than the floor, whatever is known', () => {
    fc.assert(
      fc.property(anySchedule, anyProspect, (schedule, any) => {
        const wait = waitSeconds(schedule, any);

        expect(wait).toBeGreaterThanOrEqual(schedule.floorSeconds);
        expect(wait).toBeLessThan(YEAR);
      }),
    );
  });

  it('is the cap after 200 checks, whatever was learnt or foretold', () => {
    const eager = prospect({ checks: 199, elapsedSeconds: 50, endsInSeconds: 1 });

    expect(waitSeconds(defaults, eager)).toBeLessThan(60);
    expect(waitSeconds(defaults, { ...eager, checks: 200 })).toBe(135);
    expect(waitSeconds(defaults, prospect({ checks: 200, elapsedSeconds: 86_000 }))).toBe(135);
  });
});

describe('jitter', () => {
  it.each([
    ['by the rule', {}],
    ['of an old delivery', { elapsedSeconds: 86_000 }],
    ['foretold', { endsInSeconds: 70 }],
    ['after many checks', { checks: 200 }],
  ])('takes up to a tenth of a wait %s', (_, known) => {
    const whole = waitSeconds(defaults, prospect(known));

    expect(waitSeconds(defaults, prospect({ ...known, random: 0.5 }))).toBeCloseTo(0.95 * whole);
    expect(waitSeconds(defaults, prospect({ ...known, random: 1 }))).toBeCloseTo(0.9 * whole);
  });

  it('takes nothing where calls have prices, since the call budget keeps checks apart', () => {
    const whole = waitSeconds(defaults, prospect({ prices: idle }));

    expect(waitSeconds(defaults, prospect({ prices: idle, random: 1 }))).toBe(whole);
  });

  it('takes nothing from the floor', () => {
    expect(waitSeconds({ ...defaults, floorSeconds: 90 }, prospect({ random: 0.5 }))).toBe(90);
  });

  it('adds to a wait that an answer asks for, so that refused trackings do not come back together', () => {
    expect(waitSeconds(defaults, prospect({ atLeastSeconds: 60, random: 0.5 }))).toBeCloseTo(63);
    expect(waitSeconds(defaults, prospect({ atLeastSeconds: 60, random: 1, prices: idle }))).toBeCloseTo(66);
  });
});

describe('what an answer asks for', () => {
  it('is waited for, but no longer than the cap', () => {
    expect(waitSeconds(defaults, prospect({ atLeastSeconds: 60 }))).toBe(60);
    expect(waitSeconds(defaults, prospect({ atLeastSeconds: 300, random: 1 }))).toBe(135);
    expect(waitSeconds({ ...defaults, capSeconds: 900 }, prospect({ atLeastSeconds: 300 }))).toBe(300);
  });

  it('makes no wait shorter', () => {
    expect(waitSeconds(defaults, prospect({ atLeastSeconds: 6 }))).toBe(waitSeconds(defaults, prospect()));
  });
});

describe('a price', () => {
  const waitWith = (...prices: [untilSeconds: number, worthSeconds: number][]) =>
    waitSeconds(
      defaults,
      prospect({
        prices: prices.map(([untilSeconds, worthSeconds]) => ({ untilSeconds, worthSeconds })),
      }),
    );

  it('makes the wait what it is worth', () => {
    expect(waitWith([7_200, 64])).toBe(waitAt(100, 64));
    expect(waitWith([7_200, 64])).toBeGreaterThan(3 * waitAt(100));
  });

  it('that holds to the end of the wait is what counts, whatever comes after it', () => {
    expect(waitWith([waitAt(100, 64) + 1, 64], [7_200, 400])).toBe(waitAt(100, 64));
  });

  it('that falls before it is paid makes the check come as it falls', () => {
    expect(waitWith([60, 400], [7_200, 4])).toBe(60);
  });

  it('that falls too little makes the check come when the lower one pays', () => {
    expect(waitAt(100, 64)).toBeGreaterThan(60);
    expect(waitWith([60, 400], [7_200, 64])).toBe(waitAt(100, 64));
  });

  it('that rises does not bring a check before it pays', () => {
    expect(waitWith([10, 4], [7_200, 64])).toBe(waitAt(100, 64));
  });

  it('is that of an idle bot after the last', () => {
    expect(waitWith([60, 400])).toBe(60);
    expect(waitWith([5, 400])).toBe(waitAt(100));
  });
});

describe('the end that arriving logs foretell', () => {
  it('is when the rest has come as fast as the latest did', () => {
    expect(foretell(250, 100, 30, 20)).toBe(100);
  });

  it('is nowhere where the number of recipients is unknown', () => {
    expect(foretell(undefined, 100, 30, 20)).toBeUndefined();
  });

  it.each([0, -5])('is nowhere where %d logs came', (arrived) => {
    expect(foretell(250, 100, arrived, 20)).toBeUndefined();
  });

  it.each([250, 300])('is nowhere where %d of 250 have come', (logs) => {
    expect(foretell(250, logs, 30, 20)).toBeUndefined();
  });

  it('is waited for', () => {
    expect(waitSeconds(defaults, prospect({ endsInSeconds: 101.5 }))).toBe(101.5);
  });

  it('is not waited for beyond the cap', () => {
    expect(waitSeconds(defaults, prospect({ endsInSeconds: 1_000 }))).toBe(135);
  });

  it('makes no wait shorter than half of what the costs say', () => {
    const byCosts = waitSeconds(defaults, prospect());

    expect(waitSeconds(defaults, prospect({ endsInSeconds: 0.9 * byCosts }))).toBe(0.9 * byCosts);
    expect(waitSeconds(defaults, prospect({ endsInSeconds: 6 }))).toBe(byCosts / 2);
  });
});
