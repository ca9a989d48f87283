import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  mostChecks,
  nextCheckAt,
  type Schedule,
  waitSeconds,
} from '../../lambdas/check-delivery/schedule.ts';

const defaults: Schedule = { firstCheckSeconds: 22, floorSeconds: 5, factor: 4, capSeconds: 135 };

const anySchedule = fc
  .record({
    firstCheckSeconds: fc.integer({ min: 1, max: 600 }),
    floorSeconds: fc.integer({ min: 1, max: 60 }),
    factor: fc.double({ min: 0.1, max: 50, noNaN: true }),
    capSeconds: fc.integer({ min: 1, max: 3600 }),
  })
  .map((schedule) => ({ ...schedule, floorSeconds: Math.min(schedule.floorSeconds, schedule.capSeconds) }));
const anyRandom = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the wait', () => {
  it('grows with the square root of the time elapsed', () => {
    expect(waitSeconds(defaults, 25, 0)).toBe(20);
    expect(waitSeconds(defaults, 100, 0)).toBe(40);
    expect(waitSeconds(defaults, 400, 0)).toBe(80);
  });

  it('is no shorter than the floor and no longer than the cap', () => {
    expect(waitSeconds(defaults, 1, 0)).toBe(5);
    expect(waitSeconds(defaults, 86_400, 0)).toBe(135);
  });

  it('loses up to a tenth to jitter', () => {
    expect(waitSeconds(defaults, 100, 0.5)).toBe(38);
    expect(waitSeconds(defaults, 100, 1)).toBe(36);
  });

  it('loses it at the cap as well, so that old trackings drift apart too', () => {
    expect(waitSeconds(defaults, 86_400, 1)).toBe(121.5);
  });

  it('gains it where an answer asks for a wait, so that refused trackings do not come back together', () => {
    expect(waitSeconds(defaults, 25, 1, 60)).toBeCloseTo(66);
  });

  it('is as long as an answer asks for, but no longer than the cap', () => {
    expect(waitSeconds(defaults, 25, 0, 60)).toBe(60);
    expect(waitSeconds(defaults, 25, 0, 300)).toBe(135);
    expect(waitSeconds({ ...defaults, capSeconds: 900 }, 25, 0, 300)).toBe(300);
  });
});

describe('the next check', () => {
  const startedAt = Date.parse('2026-01-01T00:00:00.250Z');
  const deadlineAt = startedAt + 86_400_000;

  it('is at a whole second, rounded up', () => {
    const at = nextCheckAt(defaults, { startedAt, now: startedAt + 25_000, deadlineAt, random: 0 });
    expect(at).toBe('2026-01-01T00:00:46Z');
  });

  it('is at the deadline where the wait would pass it', () => {
    const at = nextCheckAt(defaults, { startedAt, now: deadlineAt - 3_000, deadlineAt, random: 0 });
    expect(at).toBe('2026-01-02T00:00:01Z');
  });

  it('lies in the future, within the cap and not past the deadline, whatever the schedule', () => {
    const anyElapsed = fc.integer({ min: 0, max: 86_399_999 });
    fc.assert(
      fc.property(
        anySchedule,
        anyElapsed,
        anyRandom,
        fc.integer({ min: 0, max: 300 }),
        (schedule, elapsed, random, atLeastSeconds) => {
          const now = startedAt + elapsed;
          const at = Date.parse(
            nextCheckAt(schedule, { startedAt, now, deadlineAt, random, atLeastSeconds }),
          );
          expect(at).toBeGreaterThanOrEqual(now);
          expect(at - now).toBeLessThanOrEqual(schedule.capSeconds * 1000);
          expect(at).toBeLessThan(deadlineAt + 1000);
        },
      ),
    );
  });
});

describe('the number of checks', () => {
  it('is a few hundred in a day by default', () => {
    expect(mostChecks(defaults, 86_400, 2000)).toBe(720);
  });

  it('is counted only until the limit is passed', () => {
    expect(mostChecks({ ...defaults, capSeconds: 5 }, 86_400, 2000)).toBe(2001);
  });

  it('is never below what a tracking really takes', () => {
    fc.assert(
      fc.property(
        anySchedule,
        fc.integer({ min: 600, max: 20_000 }),
        anyRandom,
        (schedule, deadlineSeconds, random) => {
          const startedAt = 0;
          const deadlineAt = deadlineSeconds * 1000;
          let now = schedule.firstCheckSeconds * 1000;
          let checks = 1;
          for (; now < deadlineAt && checks <= 300; checks += 1) {
            // A check takes a while, so that it never ends at a whole second.
            now = Date.parse(nextCheckAt(schedule, { startedAt, now: now + 1, deadlineAt, random }));
          }
          expect(checks).toBeLessThanOrEqual(mostChecks(schedule, deadlineSeconds, 300));
        },
      ),
    );
  });
});
