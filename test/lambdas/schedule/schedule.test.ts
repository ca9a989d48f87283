import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toTimestamp } from '../../../lambdas/check-delivery/invocation/wait-until.ts';
import { AGES, EMPTY_TABLE, type LifeTable } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import {
  foretell,
  mostChecks,
  type Prospect,
  type Schedule,
  waitSeconds,
  wishedTime,
} from '../../../lambdas/check-delivery/schedule/schedule.ts';

const defaults: Schedule = { firstCheckSeconds: 35, floorSeconds: 5, checkWorthSeconds: 4, capSeconds: 135 };
/** Wide enough to see what the rule says by itself. */
const unbounded: Schedule = { ...defaults, floorSeconds: 1, capSeconds: 31_536_000 };

const prospect = (changes: Partial<Prospect> = {}): Prospect => ({
  elapsedSeconds: 100,
  checks: 3,
  price: 1,
  lives: EMPTY_TABLE,
  random: 0,
  ...changes,
});

const anySchedule = fc
  .record({
    firstCheckSeconds: fc.integer({ min: 1, max: 600 }),
    floorSeconds: fc.integer({ min: 1, max: 60 }),
    checkWorthSeconds: fc.integer({ min: 1, max: 600 }),
    capSeconds: fc.integer({ min: 1, max: 3600 }),
  })
  .map((schedule) => ({ ...schedule, floorSeconds: Math.min(schedule.floorSeconds, schedule.capSeconds) }));
const anyRandom = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const anyPrice = fc.double({ min: 1, max: 400, noNaN: true });
const anyLives: fc.Arbitrary<LifeTable> = fc.record({
  reached: fc.array(fc.nat({ max: 2_000 }), { maxLength: AGES.length }),
  ended: fc.array(fc.nat({ max: 1_000 }), { maxLength: AGES.length }),
});
const anyProspect: fc.Arbitrary<Prospect> = fc.record({
  // A clock may be behind that of the execution.
  elapsedSeconds: fc.double({ min: -2, max: 90_000, noNaN: true }),
  checks: fc.integer({ min: 1, max: 400 }),
  price: anyPrice,
  lives: anyLives,
  endsInSeconds: fc.option(fc.double({ min: 0, max: 100_000, noNaN: true }), { nil: undefined }),
  atLeastSeconds: fc.integer({ min: 0, max: 300 }),
  koreAsksSeconds: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined }),
  random: anyRandom,
});

describe('the wait', () => {
  it('grows with about the square root of the time elapsed where nothing was learnt', () => {
    const growth =
      waitSeconds(defaults, prospect({ elapsedSeconds: 400 })) /
      waitSeconds(defaults, prospect({ elapsedSeconds: 100 }));

    expect(growth).toBeGreaterThan(1.7);
    expect(growth).toBeLessThan(2.3);
  });

  it('is shorter where deliveries of this age were seen to end', () => {
    const endings = { reached: AGES.map(() => 1_000), ended: AGES.map(() => 500) };

    expect(waitSeconds(defaults, prospect({ lives: endings }))).toBeLessThan(
      0.8 * waitSeconds(defaults, prospect()),
    );
  });

  it('is no shorter than the floor', () => {
    expect(waitSeconds({ ...defaults, floorSeconds: 90 }, prospect({ random: 0.5 }))).toBe(90);
  });

  it('is no longer than the cap', () => {
    expect(waitSeconds(defaults, prospect({ elapsedSeconds: 86_000 }))).toBe(135);
  });

  it('is that of a beginning where a clock is behind that of the execution', () => {
    const atTheBeginning = waitSeconds(defaults, prospect({ elapsedSeconds: 0 }));

    expect(waitSeconds(defaults, prospect({ elapsedSeconds: -2 }))).toBe(atTheBeginning);
  });

  it('lies between floor and cap, whatever is known', () => {
    fc.assert(
      fc.property(anySchedule, anyProspect, (schedule, any) => {
        const wait = waitSeconds(schedule, any);

        expect(wait).toBeGreaterThanOrEqual(schedule.floorSeconds);
        expect(wait).toBeLessThanOrEqual(schedule.capSeconds);
      }),
    );
  });

  it.each([
    ['by the rule', {}],
    ['at the cap', { elapsedSeconds: 86_000 }],
    ['foretold', { endsInSeconds: 70 }],
    ['after many checks', { checks: 200 }],
  ])('%s loses up to a tenth to jitter', (_, known) => {
    const whole = waitSeconds(defaults, prospect(known));

    expect(waitSeconds(defaults, prospect({ ...known, random: 0.5 }))).toBeCloseTo(0.95 * whole);
    expect(waitSeconds(defaults, prospect({ ...known, random: 1 }))).toBeCloseTo(0.9 * whole);
  });

  it('gains it where an answer asks for a wait, so that refused trackings do not come back together', () => {
    expect(waitSeconds(defaults, prospect({ atLeastSeconds: 60, random: 0.5 }))).toBeCloseTo(63);
    expect(waitSeconds(defaults, prospect({ atLeastSeconds: 60, random: 1 }))).toBeCloseTo(66);
  });

  it('is as long as an answer asks for, but no longer than the cap', () => {
    expect(waitSeconds(defaults, prospect({ atLeastSeconds: 60 }))).toBe(60);
    expect(waitSeconds(defaults, prospect({ atLeastSeconds: 300, random: 1 }))).toBe(135);
    expect(waitSeconds({ ...defaults, capSeconds: 900 }, prospect({ atLeastSeconds: 300 }))).toBe(300);
  });

  it('is not shortened by what an answer asks for', () => {
    expect(waitSeconds(defaults, prospect({ atLeastSeconds: 6 }))).toBe(waitSeconds(defaults, prospect()));
  });

  it('stretches with the root of the price', () => {
    const stretch = (elapsedSeconds: number) =>
      waitSeconds(unbounded, prospect({ elapsedSeconds, price: 4 })) /
      waitSeconds(unbounded, prospect({ elapsedSeconds }));

    for (const elapsedSeconds of [100, 1_000, 10_000]) {
      expect(stretch(elapsedSeconds)).toBeGreaterThan(1.6);
      expect(stretch(elapsedSeconds)).toBeLessThan(2.5);
    }
  });

  it('is never shorter for a greater price', () => {
    fc.assert(
      fc.property(anySchedule, anyProspect, anyPrice, (schedule, any, price) => {
        const dearer = { ...any, price: Math.max(price, any.price) };
        // Two sums of the same numbers may differ in their last digits.
        expect(waitSeconds(schedule, dearer)).toBeGreaterThanOrEqual(waitSeconds(schedule, any) - 1e-6);
      }),
    );
  });

  it('is the cap after 200 checks, whatever was learnt or foretold', () => {
    const eager = prospect({ checks: 199, elapsedSeconds: 50, endsInSeconds: 1 });

    expect(waitSeconds(defaults, eager)).toBeLessThan(60);
    expect(waitSeconds(defaults, { ...eager, checks: 200 })).toBe(135);
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

  it('makes no wait shorter than half of what the rule says', () => {
    const byRule = waitSeconds(defaults, prospect());

    expect(waitSeconds(defaults, prospect({ endsInSeconds: 0.9 * byRule }))).toBe(0.9 * byRule);
    expect(waitSeconds(defaults, prospect({ endsInSeconds: 6 }))).toBe(byRule / 2);
  });
});

describe('the wished time', () => {
  const now = Date.parse('2026-01-01T00:10:00.250Z');

  it('is the wait from now', () => {
    const any = prospect({ endsInSeconds: 60.5 });
    expect(wishedTime(defaults, any, now, now + 3_600_000)).toBe(now + 60_500);
  });

  it('is the deadline where the wait would pass it', () => {
    expect(wishedTime(defaults, prospect(), now, now + 3_000)).toBe(now + 3_000);
  });

  it('is a second after a deadline that is closer than that, so that a clock behind does not wake before it again', () => {
    expect(wishedTime(defaults, prospect(), now, now + 1_000)).toBe(now + 1_000);
    expect(wishedTime(defaults, prospect(), now, now + 999)).toBe(now + 1_999);
    expect(wishedTime(defaults, prospect(), now, now + 1)).toBe(now + 1_001);
  });

  it('is the wait from now where the deadline has passed', () => {
    const any = prospect({ endsInSeconds: 60.5 });
    expect(wishedTime(defaults, any, now, now)).toBe(now + 60_500);
    expect(wishedTime(defaults, any, now, now - 600_000)).toBe(now + 60_500);
  });

  it('is as late as Kore asks for, whatever the cap', () => {
    const any = prospect({ koreAsksSeconds: 1_200 });

    expect(wishedTime(defaults, any, now, now + 3_600_000)).toBe(now + 1_200_000);
  });

  it('is later than Kore asks for by up to a tenth, so that refused trackings do not come back together', () => {
    const lateBy = (random: number) =>
      wishedTime(defaults, prospect({ koreAsksSeconds: 1_200, random }), now, now + 3_600_000) - now;

    expect(lateBy(0.5)).toBeCloseTo(1_260_000);
    expect(lateBy(1)).toBeCloseTo(1_320_000);
  });

  it('is not sooner for what Kore asks for', () => {
    const any = prospect({ endsInSeconds: 60.5 });

    expect(wishedTime(defaults, { ...any, koreAsksSeconds: 6 }, now, now + 3_600_000)).toBe(now + 60_500);
  });

  it('is the deadline where Kore asks for more', () => {
    const any = prospect({ koreAsksSeconds: 7_200 });

    expect(wishedTime(defaults, any, now, now + 3_600_000)).toBe(now + 3_600_000);
  });

  it('lies ahead, within the cap or what Kore asks for even when it is rounded up, and not past a deadline well ahead', () => {
    fc.assert(
      fc.property(
        anySchedule,
        anyProspect,
        fc.integer({ min: now, max: now + 10_000 }),
        fc.integer({ min: -100_000_000, max: 100_000_000 }),
        (schedule, any, present, untilDeadline) => {
          const deadlineAt = present + untilDeadline;

          const wished = wishedTime(schedule, any, present, deadlineAt);

          expect(wished).toBeGreaterThanOrEqual(present);
          const latest = untilDeadline < 1_000 ? deadlineAt + 1_000 : deadlineAt;
          if (untilDeadline > 0) expect(wished).toBeLessThanOrEqual(latest);
          const roundedUp = Date.parse(toTimestamp(wished)) - present;
          const mostKoreAsks = Math.ceil(1.1 * (any.koreAsksSeconds ?? 0)) + 1;
          expect(roundedUp).toBeLessThanOrEqual(1000 * Math.max(schedule.capSeconds, mostKoreAsks));
          if (untilDeadline <= 0 || untilDeadline >= schedule.capSeconds * 1000) {
            expect(roundedUp).toBeGreaterThan(schedule.floorSeconds * 1000 - 1_000);
          }
        },
      ),
    );
  });
});

describe('a timestamp', () => {
  it.each([
    ['2026-01-01T00:00:45.001Z', '2026-01-01T00:00:46Z'],
    ['2026-01-01T00:00:45.999Z', '2026-01-01T00:00:46Z'],
    ['2026-01-01T00:00:46.000Z', '2026-01-01T00:00:46Z'],
    ['2026-12-31T23:59:59.500Z', '2027-01-01T00:00:00Z'],
    ['2026-01-01T01:30:00.000+02:00', '2025-12-31T23:30:00Z'],
  ])('of %s is %s', (time, timestamp) => {
    expect(toTimestamp(Date.parse(time))).toBe(timestamp);
  });

  it('takes fractions of a millisecond for more than nothing', () => {
    expect(toTimestamp(Date.parse('2026-01-01T00:00:45Z') + 0.25)).toBe('2026-01-01T00:00:46Z');
  });
});

describe('a deadline', () => {
  it.each([0, 300, 900])("takes two checks at most where Lambda's clock is %d ms behind", (behindMs) => {
    const deadlineAt = Date.parse('2026-01-02T00:00:00Z');
    let trueTime = deadlineAt - 20_000;
    const checksAtDeadline: number[] = [];
    for (;;) {
      const lambdaTime = trueTime + 60 - behindMs;
      if (trueTime >= deadlineAt) checksAtDeadline.push(trueTime);
      if (lambdaTime >= deadlineAt) break;
      const known = prospect({ elapsedSeconds: 86_380, checks: 50 });
      const wished = wishedTime(defaults, known, lambdaTime + 150, deadlineAt);
      trueTime = Math.max(trueTime + 210, Date.parse(toTimestamp(wished)));
    }

    expect(checksAtDeadline.length).toBeLessThanOrEqual(2);
  });
});

describe('the number of checks', () => {
  it('is bounded by the eager ones and the shortest wait at the cap', () => {
    expect(mostChecks(defaults, 86_400)).toBe(201 + Math.ceil((86_400 - 35) / (135 * 0.9)));
  });

  it('is bounded by the floor where that comes to less', () => {
    expect(mostChecks(defaults, 335)).toBe(62);
    expect(mostChecks({ ...defaults, floorSeconds: 10, capSeconds: 10 }, 20_035)).toBe(2_002);
  });

  it('is two where the deadline is the moment of the first check: that one may wake early', () => {
    expect(mostChecks(defaults, 35)).toBe(2);
  });

  it('is never below what a tracking really takes', () => {
    fc.assert(
      fc.property(anyTracking, (tracking) => {
        expect(checksOf(tracking)).toBeLessThanOrEqual(
          mostChecks(tracking.schedule, tracking.deadlineSeconds),
        );
      }),
      // Started between two seconds: the first wait ends at a whole one, and is shorter for that.
      { examples: [[{ ...asOftenAsCan, startedAt: 2 }]] },
    );
  });
});

interface Tracking {
  readonly schedule: Schedule;
  readonly deadlineSeconds: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** From waking to the end of a check. */
  readonly checkMs: number;
  /** What each wait knows, in turn; time elapsed and number of checks are the tracking's. */
  readonly known: readonly Prospect[];
}

const anyTracking: fc.Arbitrary<Tracking> = fc.record({
  schedule: anySchedule,
  deadlineSeconds: fc.integer({ min: 600, max: 3_000 }),
  startedAt: fc.integer({ min: 0, max: 999 }),
  checkMs: fc.integer({ min: 1, max: 2_000 }),
  known: fc.array(anyProspect, { minLength: 1, maxLength: 5 }),
});

const asOftenAsCan: Tracking = {
  schedule: { firstCheckSeconds: 1, floorSeconds: 1, checkWorthSeconds: 1, capSeconds: 1 },
  deadlineSeconds: 600,
  startedAt: 0,
  checkMs: 1,
  known: [prospect()],
};

function checksOf({ schedule, deadlineSeconds, startedAt, checkMs, known }: Tracking): number {
  const deadlineAt = startedAt + deadlineSeconds * 1000;
  let wakesAt = startedAt + schedule.firstCheckSeconds * 1000;
  // None lasts as many seconds; a schedule that stood still would never end.
  for (let checks = 1; checks < 10_000; checks += 1) {
    const now = wakesAt + checkMs;
    if (now >= deadlineAt) return checks;
    const elapsedSeconds = (now - startedAt) / 1000;
    const any = known[checks % known.length] ?? prospect();
    wakesAt = Date.parse(
      toTimestamp(wishedTime(schedule, { ...any, elapsedSeconds, checks }, now, deadlineAt)),
    );
  }
  return Number.POSITIVE_INFINITY;
}
