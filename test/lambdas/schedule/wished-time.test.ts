import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toTimestamp } from '../../../lambdas/check-delivery/invocation/wait-until.ts';
import { wishedTime } from '../../../lambdas/check-delivery/schedule/schedule.ts';
import { anyProspect, anySchedule, defaults, prospect } from './prospects.ts';

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

  it('lies ahead by the floor at least, and not past a deadline that is ahead by more than a second', () => {
    fc.assert(
      fc.property(
        anySchedule,
        anyProspect,
        fc.integer({ min: now, max: now + 10_000 }),
        fc.integer({ min: -100_000_000, max: 100_000_000 }),
        (schedule, any, present, untilDeadline) => {
          const deadlineAt = present + untilDeadline;

          const wished = wishedTime(schedule, any, present, deadlineAt);

          const latest = untilDeadline < 1_000 ? deadlineAt + 1_000 : deadlineAt;
          if (untilDeadline > 0) expect(wished).toBeLessThanOrEqual(latest);
          const earliest = present + schedule.floorSeconds * 1_000;
          expect(wished).toBeGreaterThanOrEqual(
            untilDeadline > 0 ? Math.min(earliest, deadlineAt) : earliest,
          );
          expect(toTimestamp(wished)).toMatch(/^\d{4}-/);
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
