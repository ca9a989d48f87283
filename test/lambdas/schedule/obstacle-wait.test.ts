import { describe, expect, it } from 'vitest';
import type { Obstacle, ObstacleCode } from '../../../lambdas/check-delivery/obstacle.ts';
import { koreWish, waitAfter } from '../../../lambdas/check-delivery/schedule/obstacle-wait.ts';

const obstacle = (code: ObstacleCode, asked: Partial<Obstacle> = {}): Obstacle => ({
  code,
  message: 'why',
  ...asked,
});
const MINUTE_IS_FULL = obstacle('RATE_LIMITED', { fullWindow: 'minute' });
const HOUR_IS_FULL = obstacle('RATE_LIMITED', { fullWindow: 'hour' });

describe('the wait within the cap', () => {
  it.each(['NOT_CONFIGURED', 'INVALID_SECRET', 'CREDENTIALS_REFUSED', 'PAUSED'] as const)(
    'is five minutes after %s, which waits for people',
    (code) => {
      expect(waitAfter(obstacle(code))).toBe(300);
    },
  );

  it.each(['RATE_LIMITED', 'KORE_UNREACHABLE', 'OUT_OF_CALL_BUDGET'] as const)(
    'is that of the schedule after %s',
    (code) => {
      expect(waitAfter(obstacle(code))).toBe(0);
    },
  );
});

describe('Kore', () => {
  it('asks for nothing without an obstacle', () => {
    expect(koreWish(undefined, 600)).toEqual({ seconds: 0 });
  });

  it('asks for a minute where the minute is full', () => {
    expect(koreWish(MINUTE_IS_FULL, undefined)).toEqual({ seconds: 60 });
  });

  it('asks for five minutes where the hour is full, and twice as long each time, up to an hour', () => {
    const waits: (number | undefined)[] = [];
    for (let last: number | undefined; waits.length < 6; waits.push(last)) {
      last = koreWish(HOUR_IS_FULL, last).hourlyWaitSeconds;
    }

    expect(waits).toEqual([300, 600, 1_200, 2_400, 3_600, 3_600]);
  });

  it('is waited for as long as the hour asks', () => {
    expect(koreWish(HOUR_IS_FULL, 600)).toEqual({ seconds: 1_200, hourlyWaitSeconds: 1_200 });
  });

  it.each([-1_000, 0, 1])('asks for five minutes after a wait of %d s, which it never asked for', (last) => {
    expect(koreWish(HOUR_IS_FULL, last).seconds).toBe(300);
  });

  it.each([
    ['a full minute', MINUTE_IS_FULL],
    ['an error', obstacle('KORE_UNREACHABLE')],
    ['refused credentials', obstacle('CREDENTIALS_REFUSED')],
    ['rows that were not saved', obstacle('LOGS_NOT_SAVED')],
  ])('begins anew with five minutes after %s', (_, between) => {
    expect(koreWish(between, 600)).not.toHaveProperty('hourlyWaitSeconds');
  });

  it.each([
    'OUT_OF_CALL_BUDGET',
    'PAUSED',
    'SECRET_UNREACHABLE',
    'INVALID_SECRET',
    'NOT_CONFIGURED',
  ] as const)('goes on where it was after %s, when nobody called it', (code) => {
    expect(koreWish(obstacle(code), 600)).toEqual({ seconds: 0, hourlyWaitSeconds: 600 });
  });
});

describe('Retry-After', () => {
  it.each(['KORE_UNREACHABLE', 'CREDENTIALS_REFUSED', 'NOTIFICATION_NOT_FOUND'] as const)(
    'is what Kore asks for with %s',
    (code) => {
      expect(koreWish(obstacle(code, { retryAfterSeconds: 7_200 }), undefined)).toEqual({ seconds: 7_200 });
    },
  );

  it('makes the wait for a window longer', () => {
    expect(koreWish({ ...MINUTE_IS_FULL, retryAfterSeconds: 90 }, undefined).seconds).toBe(90);
  });

  it('does not make the wait for a window shorter', () => {
    expect(koreWish({ ...MINUTE_IS_FULL, retryAfterSeconds: 5 }, undefined).seconds).toBe(60);
  });

  it('does not count for the next wait for a full hour', () => {
    expect(koreWish({ ...HOUR_IS_FULL, retryAfterSeconds: 7_200 }, undefined)).toEqual({
      seconds: 7_200,
      hourlyWaitSeconds: 300,
    });
  });
});
