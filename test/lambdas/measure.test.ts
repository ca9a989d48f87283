import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../contract/event/event-names.ts';
import type { MetricName } from '../../contract/metrics.ts';
import { NO_BOOKINGS } from '../../lambdas/check-delivery/budget/bookings.ts';
import type { BudgetState } from '../../lambdas/check-delivery/budget/budget-state.ts';
import { capacityOf, KORE_LIMITS, slotAt } from '../../lambdas/check-delivery/budget/call-limits.ts';
import type { Decision } from '../../lambdas/check-delivery/decision.ts';
import type { Ended, Progress } from '../../lambdas/check-delivery/invocation/invocation.ts';
import { type Measured, measure, measureRejected } from '../../lambdas/check-delivery/measure.ts';
import type { ObstacleCode } from '../../lambdas/check-delivery/obstacle.ts';
import { EMPTY_STATE } from './budget/empty-state.ts';

const STARTED_AT = Date.parse('2026-01-01T00:00:00Z');
const CAPACITY = capacityOf(KORE_LIMITS);
const at = (seconds: number) => STARTED_AT + seconds * 1000;
const timestamp = (seconds: number) => new Date(at(seconds)).toISOString();

const progress = (changes: Partial<Progress> = {}): Progress => ({
  checks: 1,
  counts: { total: 0, delivered: 0, failed: 0 },
  channels: [],
  seenSeconds: 0,
  ...changes,
});
const ended = (outcome: Ended['outcome']) => ({ outcome }) as Ended;

/** A later check that saw a delivery still under way, or what these changes make of it. */
function measurementsOf(changes: Partial<Measured> = {}): [MetricName, number][] {
  const measured: [MetricName, number][] = [];
  measure(
    {
      execution: { id: 'arn:execution', name: 'ds-1', startedAt: timestamp(0) },
      before: progress(),
      progress: progress({ checks: 2 }),
      finding: { kind: 'status', status: 'IN_PROGRESS', logs: { total: 0, expected: 0 } },
      decision: { outcome: 'waiting' },
      recorded: undefined,
      now: at(100),
      capacity: CAPACITY,
      ...changes,
    },
    { add: (name, value) => measured.push([name, value]) },
  );
  return measured;
}

const completeAfter = (seenSeconds: number): Decision => ({
  outcome: 'complete',
  status: 'SUCCESS',
  final: { status: 'SUCCESS', seenSeconds, checks: 0, expected: 0 },
});

/** A check that saw the end, 100 s after the start, when the check before saw it under way after 60 s. */
const lagOf = (changes: Partial<Measured> = {}) =>
  new Map(
    measurementsOf({
      before: progress({ seenSeconds: 60 }),
      decision: completeAfter(100),
      recorded: ended('complete'),
      ...changes,
    }),
  ).get('DetectionLag');

it('measures nothing of a later check that goes on waiting', () => {
  expect(measurementsOf()).toEqual([]);
});

it('counts a tracking as started at its first check', () => {
  expect(measurementsOf({ before: progress({ checks: 0 }) })).toEqual([['TrackingsStarted', 1]]);
});

describe('an obstacle', () => {
  const METRIC_OF: Record<ObstacleCode, MetricName> = {
    NOT_CONFIGURED: 'CredentialsRefused',
    INVALID_SECRET: 'CredentialsRefused',
    SECRET_UNREACHABLE: 'CredentialsRefused',
    CREDENTIALS_REFUSED: 'CredentialsRefused',
    RATE_LIMITED: 'RefusedCalls',
    KORE_UNREACHABLE: 'KoreUnreachable',
    KORE_ANSWER_INVALID: 'KoreUnreachable',
    KORE_REQUEST_REFUSED: 'KoreUnreachable',
    NOTIFICATION_NOT_FOUND: 'NotificationsNotFound',
    TABLE_UNREACHABLE: 'LogsNotSaved',
    LOGS_NOT_SAVED: 'LogsNotSaved',
    OUT_OF_CALL_BUDGET: 'PostponedCalls',
    PAUSED: 'PausedChecks',
  };

  it.each(Object.entries(METRIC_OF) as [ObstacleCode, MetricName][])('%s counts as %s', (code, metric) => {
    const finding = { kind: 'obstacle', obstacle: { code, message: 'why' } } as const;

    expect(measurementsOf({ finding })).toEqual([[metric, 1]]);
  });

  it('counts also where it ends the tracking', () => {
    const finding = { kind: 'obstacle', obstacle: { code: 'PAUSED', message: 'why' } } as const;

    const names = measurementsOf({ finding, recorded: ended('failed') }).map(([name]) => name);

    expect(names).toEqual(expect.arrayContaining(['PausedChecks', 'TrackingsFailed']));
  });
});

describe('an end', () => {
  it.each<[Outcome, MetricName]>([
    ['complete', 'DeliveriesComplete'],
    ['timed-out', 'DeliveriesTimedOut'],
    ['failed', 'TrackingsFailed'],
  ])('%s counts as %s, with what is known of the delivery', (outcome, metric) => {
    const known = progress({ checks: 7, counts: { total: 12, delivered: 9, failed: 2 } });

    const measured = measurementsOf({ progress: known, recorded: ended(outcome) });

    expect(measured.filter(([name]) => name !== 'DetectionLag')).toEqual([
      [metric, 1],
      ['ChecksPerNotification', 7],
      ['RecipientsDelivered', 9],
      ['RecipientsFailed', 2],
    ]);
  });

  it.each<Outcome>(['timed-out', 'failed'])('%s has no lag, since nobody saw when it came', (outcome) => {
    expect(lagOf({ decision: { outcome: 'waiting' }, recorded: ended(outcome) })).toBeUndefined();
  });

  it('of an input that cannot be tracked counts as a tracking that started and failed', () => {
    const measured: unknown[] = [];

    measureRejected({ add: (...measurement) => measured.push(measurement) });

    expect(measured).toEqual([
      ['TrackingsStarted', 1],
      ['TrackingsFailed', 1],
    ]);
  });
});

describe('the detection lag, in seconds', () => {
  it('is counted from the latest log', () => {
    expect(lagOf({ latestLogAt: timestamp(92.5) })).toBe(7.5);
  });

  it('is counted from the check before where the time of the latest log is unknown', () => {
    expect(lagOf()).toBe(40);
  });

  it('is counted from the check before where the latest log is older: the delivery went on', () => {
    expect(lagOf({ latestLogAt: timestamp(30) })).toBe(40);
  });

  it('is counted from the start where the first check sees the end', () => {
    expect(lagOf({ before: progress({ checks: 0 }) })).toBe(100);
  });

  it('is counted to the first final status, however long logs were waited for', () => {
    expect(lagOf({ decision: completeAfter(100), now: at(200) })).toBe(40);
  });

  it('is none where the latest log lies in the future, by a clock that is wrong', () => {
    expect(lagOf({ latestLogAt: timestamp(110) })).toBe(0);
  });
});

describe('the call budget used', () => {
  const stateWith = (calls: number): BudgetState => ({
    ...EMPTY_STATE,
    bookings: {
      ...NO_BOOKINGS,
      spans: new Map([[Math.floor(slotAt(at(100)) / CAPACITY.slotsInPart), calls]]),
    },
  });

  it.each([
    [0, 0],
    [CAPACITY.callsInSpan / 4, 25],
    [CAPACITY.callsInSpan, 100],
  ])('with %d calls booked of an hour is %d percent', (calls, percent) => {
    const quota = { quotaKey: 'st-1', state: stateWith(calls) };

    expect(measurementsOf({ quota })).toEqual([['CallBudgetUsed', percent]]);
  });

  it('is not known where the budget was not reached', () => {
    expect(measurementsOf({ quota: undefined })).toEqual([]);
  });
});
