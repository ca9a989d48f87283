import { describe, expect, it } from 'vitest';
import type { Obstacle } from '../../../lambdas/check-delivery/obstacle.ts';
import { AGES, UNKNOWN } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { momentOf } from '../../../lambdas/check-delivery/schedule/moment.ts';
import { type Outlook, planNextCheck } from '../../../lambdas/check-delivery/schedule/plan-next-check.ts';

const SCHEDULE = { floorSeconds: 5, checkWorthSeconds: 4, capSeconds: 600 };
const STARTED_AT = Date.parse('2026-01-01T00:00:00Z');
const DEADLINE = { deadlineSeconds: 86_400 };
const execution = { startedAt: new Date(STARTED_AT).toISOString() };
const HOUR_FULL: Obstacle = { code: 'RATE_LIMITED', message: 'why', fullWindow: 'hour' };

/** Seconds from a check, so many seconds after the start, to the next one, and what else is planned. */
function planned(changes: Partial<Outlook> = {}, elapsedSeconds = 35) {
  const moment = momentOf(execution, DEADLINE, STARTED_AT + elapsedSeconds * 1000);
  const outlook = {
    ...{ moment, checks: 1, seenSeconds: elapsedSeconds, prices: [], chances: UNKNOWN, obstacle: undefined },
    ...{ lastHourlyWaitSeconds: undefined, ...changes },
  };
  const { wishedAt, ...others } = planNextCheck(SCHEDULE, outlook, 0);
  return { seconds: (wishedAt - moment.now) / 1000, ...others };
}

describe('the next check', () => {
  it('is planned by the schedule, and its call can be reserved', () => {
    const { seconds, isReservable, hourlyWaitSeconds } = planned();

    expect(seconds).toBeGreaterThan(SCHEDULE.floorSeconds);
    expect(seconds).toBeLessThan(60);
    expect(isReservable).toBe(true);
    expect(hourlyWaitSeconds).toBeUndefined();
  });

  it('comes later where a call costs more', () => {
    const prices = [{ untilSeconds: 7_200, worthSeconds: 80 }];

    expect(planned({ prices }).seconds).toBeGreaterThan(2 * planned().seconds);
  });

  it('comes five minutes after refused credentials', () => {
    const obstacle: Obstacle = { code: 'CREDENTIALS_REFUSED', message: 'why' };

    expect(planned({ obstacle }).seconds).toBe(300);
  });

  it('comes after what Kore asks for, whatever the cap, and then no call is reserved', () => {
    const obstacle: Obstacle = { code: 'RATE_LIMITED', message: 'why', retryAfterSeconds: 5_000 };

    expect(planned({ obstacle })).toEqual({
      seconds: 5_000,
      isReservable: false,
      hourlyWaitSeconds: undefined,
    });
  });

  it('comes as soon as it may where it is due and only lacked a free call', () => {
    const obstacle: Obstacle = { code: 'OUT_OF_CALL_BUDGET', message: 'why' };

    expect(planned({ obstacle, seenSeconds: 35 }, 600).seconds).toBe(SCHEDULE.floorSeconds);
  });

  it('comes after a whole wait where a call was made in vain', () => {
    const obstacle: Obstacle = { code: 'KORE_UNREACHABLE', message: 'why' };

    expect(planned({ obstacle, seenSeconds: 35 }, 600).seconds).toBe(planned({}, 600).seconds);
    expect(planned({}, 600).seconds).toBeGreaterThan(6 * SCHEDULE.floorSeconds);
  });

  it('is claimed when it comes where that is more than ten minutes ahead', () => {
    const waiting = (endsAfter: number) =>
      planned({ chances: AGES.map((age) => (age < endsAfter ? 0 : 1)) }).isReservable;

    expect(waiting(480)).toBe(true);
    expect(waiting(1_000)).toBe(false);
  });

  it('comes twice as late after a second full hour, and remembers that wait', () => {
    expect(planned({ obstacle: HOUR_FULL })).toMatchObject({ seconds: 300, hourlyWaitSeconds: 300 });
    expect(planned({ obstacle: HOUR_FULL, lastHourlyWaitSeconds: 300 })).toMatchObject({
      seconds: 600,
      hourlyWaitSeconds: 600,
    });
  });

  it('comes at the deadline at the latest', () => {
    expect(planned({}, DEADLINE.deadlineSeconds - 7).seconds).toBe(7);
  });
});
