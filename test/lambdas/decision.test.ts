import { describe, expect, it } from 'vitest';
import { decide, type Finding, type Tracking } from '../../lambdas/check-delivery/decision.ts';
import { isKnownStatus, type StatusWord } from '../../lambdas/check-delivery/kore/words/status-word.ts';
import type { ObstacleCode } from '../../lambdas/check-delivery/obstacle.ts';

const tracking = (changes: Partial<Tracking> = {}): Tracking => ({
  elapsedSeconds: 60,
  deadlineSeconds: 3600,
  notFoundGraceSeconds: 600,
  everAnswered: true,
  ...changes,
});
const atDeadline = (changes: Partial<Tracking> = {}) => tracking({ elapsedSeconds: 3600, ...changes });
/** Ten logs, if so many are there. */
const status = (word: StatusWord, total = 10, expected = 10): Finding => ({
  kind: 'status',
  status: word,
  logs: { total, expected },
});
const obstacle = (code: ObstacleCode): Finding => ({ kind: 'obstacle', obstacle: { code, message: 'why' } });

const everyObstacle: ObstacleCode[] = [
  'NOT_CONFIGURED',
  'INVALID_SECRET',
  'SECRET_UNREACHABLE',
  'CREDENTIALS_REFUSED',
  'RATE_LIMITED',
  'KORE_UNREACHABLE',
  'KORE_ANSWER_INVALID',
  'KORE_REQUEST_REFUSED',
  'NOTIFICATION_NOT_FOUND',
  'TABLE_UNREACHABLE',
  'LOGS_NOT_SAVED',
  'OUT_OF_CALL_BUDGET',
  'PAUSED',
];
const ownObstacles: ObstacleCode[] = ['OUT_OF_CALL_BUDGET', 'PAUSED', 'TABLE_UNREACHABLE', 'LOGS_NOT_SAVED'];
const finalObstacles = everyObstacle.filter((code) => !ownObstacles.includes(code));

describe('before the deadline', () => {
  it('waits while the delivery is in progress', () => {
    expect(decide(status('IN_PROGRESS'), tracking())).toEqual({ outcome: 'waiting' });
  });

  it.each<StatusWord>(['SUCCESS', 'PARTIAL_SUCCESS', 'FAILURE'])(
    'completes with the final status %s',
    (word) => {
      expect(decide(status(word), tracking())).toMatchObject({ outcome: 'complete', status: word });
    },
  );

  it('waits on a status that the docs do not know', () => {
    expect(decide(status('QUEUED'), tracking())).toEqual({ outcome: 'waiting' });
  });

  it.each(everyObstacle)('waits after %s, whatever it was', (code) => {
    expect(decide(obstacle(code), tracking())).toMatchObject({ outcome: 'waiting', obstacle: { code } });
  });
});

describe('an id that Kore does not know', () => {
  it('is waited for within the grace', () => {
    const finding = obstacle('NOTIFICATION_NOT_FOUND');
    expect(decide(finding, tracking({ everAnswered: false, elapsedSeconds: 599 })).outcome).toBe('waiting');
  });

  it('fails the tracking beyond the grace', () => {
    const finding = obstacle('NOTIFICATION_NOT_FOUND');
    expect(decide(finding, tracking({ everAnswered: false, elapsedSeconds: 600 }))).toEqual({
      outcome: 'failed',
      error: { code: 'NOTIFICATION_NOT_FOUND', message: 'why' },
    });
  });

  it('is waited for until the deadline where Kore has known it before', () => {
    const finding = obstacle('NOTIFICATION_NOT_FOUND');
    expect(decide(finding, tracking({ everAnswered: true, elapsedSeconds: 3599 })).outcome).toBe('waiting');
  });

  it('is not what another obstacle beyond the grace means', () => {
    const finding = obstacle('KORE_UNREACHABLE');
    expect(decide(finding, tracking({ everAnswered: false, elapsedSeconds: 601 })).outcome).toBe('waiting');
  });
});

describe('at the deadline', () => {
  it.each<StatusWord>(['IN_PROGRESS', 'QUEUED'])('times out where Kore still says %s', (word) => {
    const message = `Kore still reported ${word} at the deadline of 3600 s.`;

    expect(decide(status(word), atDeadline())).toEqual({
      outcome: 'timed-out',
      status: word,
      error: { code: 'DEADLINE_PASSED', message },
    });
  });

  it('completes all the same where the delivery is final', () => {
    expect(decide(status('SUCCESS'), atDeadline())).toMatchObject({ outcome: 'complete', status: 'SUCCESS' });
  });

  it.each(finalObstacles)('fails with %s where that hides the status', (code) => {
    for (const everAnswered of [true, false]) {
      expect(decide(obstacle(code), atDeadline({ everAnswered }))).toEqual({
        outcome: 'failed',
        error: { code, message: 'why' },
      });
    }
  });
});

describe.each(ownObstacles)('the tracker’s own %s at the deadline', (own) => {
  const finding = obstacle(own);

  it.each([3600, 3601, 7199.9])('lets the tracking go on after %d s', (elapsedSeconds) => {
    expect(decide(finding, tracking({ elapsedSeconds }))).toMatchObject({
      outcome: 'waiting',
      obstacle: { code: own },
    });
  });

  it('fails it sooner where the deadline itself is short', () => {
    const short = { deadlineSeconds: 45, notFoundGraceSeconds: 6 };
    expect(decide(finding, tracking({ ...short, elapsedSeconds: 89 })).outcome).toBe('waiting');
    expect(decide(finding, tracking({ ...short, elapsedSeconds: 90 })).outcome).toBe('failed');
  });

  it('fails the tracking with that code an hour later', () => {
    expect(decide(finding, tracking({ elapsedSeconds: 7200 }))).toEqual({
      outcome: 'failed',
      error: { code: own, message: 'why' },
    });
  });

  it('lets it end in what Kore says at last', () => {
    const late = tracking({ elapsedSeconds: 5400 });
    expect(decide(status('SUCCESS'), late)).toMatchObject({ outcome: 'complete', status: 'SUCCESS' });
    expect(decide(status('IN_PROGRESS'), late).outcome).toBe('timed-out');
  });

  it.each(finalObstacles)('does not let %s go on', (code) => {
    expect(decide(obstacle(code), tracking({ elapsedSeconds: 3601 }))).toMatchObject({
      outcome: 'failed',
      error: { code },
    });
  });

  it('is no reason to give up an id that Kore has not known yet', () => {
    expect(decide(finding, tracking({ everAnswered: false, elapsedSeconds: 601 })).outcome).toBe('waiting');
  });
});

it('tells known statuses from others', () => {
  const words: StatusWord[] = ['IN_PROGRESS', 'SUCCESS', 'PARTIAL_SUCCESS', 'FAILURE'];
  expect(words.every(isKnownStatus)).toBe(true);
  expect(isKnownStatus('QUEUED')).toBe(false);
});

describe('a final status with fewer logs than announced', () => {
  const short = (total = 6) => status('SUCCESS', total);
  /** As the check saw it that came after so many checks, the first after 60 s. */
  const seen = (checks: number) =>
    ({ status: 'PARTIAL_SUCCESS', seenSeconds: 60, checks, expected: 10 }) as const;

  it.each([
    [undefined, 60, 10],
    [seen(0), 70, 30],
    [seen(1), 100, 60],
  ])('is asked for again', (final, elapsedSeconds, nextCheckSeconds) => {
    expect(decide(short(), tracking({ final, elapsedSeconds }))).toMatchObject({
      outcome: 'waiting',
      nextCheckSeconds,
      final: { status: 'SUCCESS', seenSeconds: 60 },
    });
  });

  it('counts after three checks, or two minutes', () => {
    const complete = { outcome: 'complete', status: 'SUCCESS', final: { seenSeconds: 60, expected: 10 } };

    expect(decide(short(), tracking({ final: seen(2), elapsedSeconds: 160 }))).toMatchObject(complete);
    expect(decide(short(), tracking({ final: seen(0), elapsedSeconds: 180 }))).toMatchObject(complete);
  });

  it('counts as soon as the logs are there', () => {
    const all = status('SUCCESS', 10);

    expect(decide(all, tracking({ final: seen(0), elapsedSeconds: 70 })).outcome).toBe('complete');
  });

  it('is one without any log, though none was announced', () => {
    expect(decide(status('FAILURE', 0, 0), tracking())).toMatchObject({ nextCheckSeconds: 10 });
    expect(decide(status('FAILURE', 1, 0), tracking()).outcome).toBe('complete');
  });

  it('keeps counting where Kore says "in progress" again', () => {
    const back = status('IN_PROGRESS', 6);

    expect(decide(back, tracking({ final: seen(0) }))).toMatchObject({
      outcome: 'waiting',
      final: { status: 'PARTIAL_SUCCESS', checks: 1 },
    });
    expect(decide(back, tracking({ final: seen(2) }))).toMatchObject({
      outcome: 'complete',
      status: 'PARTIAL_SUCCESS',
    });
  });

  it('is not asked for again at the deadline', () => {
    expect(decide(short(), atDeadline())).toMatchObject({ outcome: 'complete', status: 'SUCCESS' });
  });

  const unsafe: ObstacleCode[] = ['TABLE_UNREACHABLE', 'LOGS_NOT_SAVED'];

  it.each(everyObstacle.filter((code) => !unsafe.includes(code)))('counts where %s comes next', (code) => {
    expect(decide(obstacle(code), tracking({ final: seen(0) }))).toMatchObject({
      outcome: 'complete',
      status: 'PARTIAL_SUCCESS',
    });
  });

  it.each(unsafe)('waits while %s keeps logs out, and fails at the last end with that code', (code) => {
    const final = seen(0);

    expect(decide(obstacle(code), tracking({ final }))).toMatchObject({
      outcome: 'waiting',
      obstacle: { code },
    });
    expect(decide(obstacle(code), tracking({ final, elapsedSeconds: 7_200 }))).toMatchObject({
      outcome: 'failed',
      error: { code },
    });
  });
});
