import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignMoment } from '../../../lambdas/check-campaign/schedule/moment.ts';
import { checkAfterSweepAt, nextCheckAt } from '../../../lambdas/check-campaign/schedule/next-check.ts';
import { START } from './campaign-in-memory.ts';

const execution = { id: 'arn', name: 'spring', startedAt: '2026-01-01T00:00:00Z' };
const momentAt = (seconds: number, deadlineSeconds = 3_600) =>
  campaignMoment(execution, deadlineSeconds, START + seconds * 1000);
const secondsOf = (time: number) => (time - START) / 1000;

describe('the sweep', () => {
  it.each([
    ['five minutes before the last end', 3_600, 6_900],
    ['at half of the time where that is later', 120, 120],
  ])('is due %s', (_, deadline, seconds) => {
    expect(secondsOf(momentAt(0, deadline).sweepAt)).toBe(seconds);
  });
});

describe('the next check', () => {
  it.each([
    ['comes after the usual wait', 10, 60],
    ['comes at the sweep at the latest before it', 6_880, 6_900],
    ['comes at the last end at the latest', 7_170, 7_200],
    ['comes a second later where the last end is that close', 7_199.5, 7_201],
    ['comes at the end of all patience at the latest', 7_480, 7_500],
  ])('%s', (_, now, next) => {
    expect(secondsOf(nextCheckAt(momentAt(now), 50))).toBe(next);
  });

  it('is late enough in a campaign of a year that an execution holds them all', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 365 * 86_400 - 7_200 }),
        fc.integer({ min: 1, max: 600 }),
        (deadline, wait) => {
          let [checks, now] = [1, START];
          for (; ; checks += 1) {
            const moment = campaignMoment(execution, deadline, now);
            if (now >= moment.lastEndAt) break;
            const next = nextCheckAt(moment, wait);
            expect(next).toBeGreaterThan(now);
            now = Math.ceil(next / 1000) * 1000;
          }
          expect(checks).toBeLessThanOrEqual(1_903);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('the check after a sweep', () => {
  it.each([
    ['comes when the index has heard of it', 6_900, 6_915],
    ['comes at the last end where that is sooner', 7_190, 7_200],
    ['leaves the index two seconds', 7_199, 7_201],
    ['comes after the last end too', 7_200, 7_215],
    ['comes at the end of all patience at the latest', 7_497, 7_500],
  ])('%s', (_, now, next) => {
    expect(secondsOf(checkAfterSweepAt(momentAt(now)))).toBe(next);
  });
});
