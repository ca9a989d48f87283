import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toTimestamp } from '../../../lambdas/check-delivery/invocation/wait-until.ts';
import {
  mostChecks,
  type Prospect,
  type Schedule,
  wishedTime,
} from '../../../lambdas/check-delivery/schedule/schedule.ts';
import { anyProspect, anySchedule, defaults, prospect } from './prospects.ts';

describe('the number of checks', () => {
  it('is bounded by the eager ones and the shortest wait at the cap', () => {
    expect(mostChecks(defaults, 86_400)).toBe(201 + Math.ceil(86_400 / (135 * 0.9)));
  });

  it('is bounded by the floor where that comes to less', () => {
    expect(mostChecks(defaults, 300)).toBe(62);
    expect(mostChecks({ ...defaults, floorSeconds: 10, capSeconds: 10 }, 20_000)).toBe(2_002);
  });

  it('is never below what a tracking really takes', () => {
    fc.assert(
      fc.property(anyTracking, (tracking) => {
        expect(checksOf(tracking)).toBeLessThanOrEqual(
          mostChecks(tracking.schedule, tracking.deadlineSeconds),
        );
      }),
      { examples: [[asOftenAsCan], [{ ...asOftenAsCan, startedAt: 2 }]] },
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
  schedule: { floorSeconds: 1, checkWorthSeconds: 1, capSeconds: 1 },
  deadlineSeconds: 600,
  startedAt: 0,
  checkMs: 1,
  known: [prospect()],
};

function checksOf({ schedule, deadlineSeconds, startedAt, checkMs, known }: Tracking): number {
  const deadlineAt = startedAt + deadlineSeconds * 1000;
  const wakingAfter = (checks: number, now: number) => {
    const any = known[checks % known.length] ?? prospect();
    const elapsedSeconds = (now - startedAt) / 1000;
    const seenSeconds = Math.min(any.seenSeconds, elapsedSeconds);
    const wished = wishedTime(schedule, { ...any, elapsedSeconds, seenSeconds, checks }, now, deadlineAt);
    return Date.parse(toTimestamp(wished));
  };
  let now = wakingAfter(0, startedAt) + checkMs;
  // None lasts as many seconds; a schedule that stood still would never end.
  for (let checks = 1; checks < 10_000; checks += 1) {
    if (now >= deadlineAt) return checks;
    now = wakingAfter(checks, now) + checkMs;
  }
  return Number.POSITIVE_INFINITY;
}
