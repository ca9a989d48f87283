import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Finding } from '../../../lambdas/check-campaign/decision.ts';
import { campaignMoment } from '../../../lambdas/check-campaign/schedule/moment.ts';
import { NOTHING, notificationsOf, type Totals } from '../../../lambdas/check-campaign/totals.ts';
import { START } from './campaign-in-memory.ts';

const execution = { id: 'arn', name: 'spring', startedAt: '2026-01-01T00:00:00Z' };
const campaign = (notifications: number) => ({ campaignId: 'spring', notifications });
const momentAt = (seconds: number, deadlineSeconds = 3_600) =>
  campaignMoment(execution, deadlineSeconds, START + seconds * 1000);
const totals = (complete: number, timedOut = 0, failed = 0): Totals => ({
  ...NOTHING,
  ended: { complete, 'timed-out': timedOut, failed },
});
const found = (...ended: Parameters<typeof totals>): Finding => ({
  kind: 'totals',
  totals: totals(...ended),
});
const obstacle = { code: 'TABLE_UNREACHABLE', message: 'The table is away.' } as const;

const anyTotals = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50)).map((ended) => totals(...ended));
const anyFinding = fc.oneof(
  anyTotals.map((all): Finding => ({ kind: 'totals', totals: all })),
  fc.constant<Finding>({ kind: 'obstacle', obstacle }),
);

describe('a campaign', () => {
  it('is complete where as many notifications ended as were announced, however they did', () => {
    expect(decide(found(1, 1, 1), campaign(3), momentAt(10))).toEqual({ outcome: 'complete' });
  });

  it('waits while fewer ended', () => {
    expect(decide(found(2), campaign(3), momentAt(7_199))).toEqual({ outcome: 'waiting' });
  });

  it('times out an hour after its deadline, and says how many are missing', () => {
    expect(decide(found(1, 1), campaign(5), momentAt(7_200))).toEqual({
      outcome: 'timed-out',
      error: {
        code: 'DEADLINE_PASSED',
        message: "3 of 5 notifications had not ended when the campaign's time was over.",
      },
    });
  });

  it('is complete also after its time', () => {
    expect(decide(found(3), campaign(3), momentAt(8_000))).toEqual({ outcome: 'complete' });
  });

  it('waits for an obstacle until five minutes after its time, then fails by it', () => {
    expect(decide({ kind: 'obstacle', obstacle }, campaign(3), momentAt(7_499))).toEqual({
      outcome: 'waiting',
      obstacle,
    });
    expect(decide({ kind: 'obstacle', obstacle }, campaign(3), momentAt(7_500))).toEqual({
      outcome: 'failed',
      error: obstacle,
    });
  });

  it('fails at once where its id was used before', () => {
    expect(decide({ kind: 'used' }, campaign(3), momentAt(0))).toMatchObject({
      outcome: 'failed',
      error: { code: 'CAMPAIGN_ID_USED', message: expect.stringContaining('Choose another id') },
    });
  });

  it('is never complete before as many ended as were announced', () => {
    fc.assert(
      fc.property(anyTotals, fc.integer({ min: 1, max: 200 }), fc.nat(10_000), (all, expected, seconds) => {
        const { outcome } = decide({ kind: 'totals', totals: all }, campaign(expected), momentAt(seconds));
        const { complete, timedOut, failed } = notificationsOf(all, expected);
        expect(outcome === 'complete').toBe(complete + timedOut + failed >= expected);
      }),
    );
  });

  it('has ended when all patience has, whatever was found', () => {
    fc.assert(
      fc.property(
        anyFinding,
        fc.integer({ min: 1, max: 31_000_000 }),
        fc.nat(1_000),
        (any, deadline, late) => {
          const { patientUntil } = momentAt(0, deadline);
          const moment = campaignMoment(execution, deadline, patientUntil + late);
          expect(decide(any, campaign(200), moment).outcome).not.toBe('waiting');
        },
      ),
    );
  });
});

it('the numbers of notifications agree with each other', () => {
  fc.assert(
    fc.property(anyTotals, fc.nat(200), (all, expected) => {
      const { complete, timedOut, failed, missing, extra } = notificationsOf(all, expected);
      expect(complete + timedOut + failed).toBe(expected - missing + extra);
      expect(Math.min(missing, extra)).toBe(0);
    }),
  );
});
