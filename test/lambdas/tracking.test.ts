/** Trackings check by check, over stores in memory: what each check hands on, logs, measures, wishes and learns. */

import { describe, expect, it } from 'vitest';
import { slotAt } from '../../lambdas/check-delivery/budget/call-limits.ts';
import { FINE_SECONDS, stretchOf } from '../../lambdas/check-delivery/budget/starts.ts';
import type { Waiting } from '../../lambdas/check-delivery/invocation/invocation.ts';
import { AGES, type Lesson } from '../../lambdas/check-delivery/schedule/life-table.ts';
import { EMPTY_STATE } from './budget/empty-state.ts';
import { answers, DEADLINE, refuses, START, trackInMemory } from './tracking-in-memory.ts';

const INPUT = { requestId: 'ds-1', streamId: 'st-1', recipients: 3 };
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString().replace('.000Z', 'Z');
const inProgressOnce = (call: number) => answers(call === 1 ? 'IN_PROGRESS' : 'SUCCESS', call === 1 ? 1 : 3);
const named = (measured: readonly [string, number][], name: string) =>
  measured.filter(([one]) => one === name).map(([, value]) => value);

describe('a check that waits', () => {
  it('hands on what the next one needs', async () => {
    const { results, wishes } = await trackInMemory({ answer: inProgressOnce });

    expect(results[0]).toEqual({
      outcome: 'waiting',
      nextCheckAt: at(Math.ceil(wishes[0] ?? 0)),
      request: INPUT,
      progress: {
        checks: 1,
        status: 'IN_PROGRESS',
        counts: { total: 1, delivered: 1, failed: 0 },
        channels: ['ivr'],
        seenSeconds: 35,
        savedDigest: expect.any(String),
        hourlyWaitSeconds: undefined,
      },
      reservation: { slot: slotAt(START + (wishes[0] ?? 0) * 1000), number: 3 },
      deadlineAt: at(DEADLINE),
    });
  });

  it('keeps the number of failed checks', async () => {
    const { results } = await trackInMemory({ answer: inProgressOnce, state: { failures: 4 } });

    expect(results[0]).toMatchObject({ failures: 4 });
  });

  it('says so in one line, and the last one as well', async () => {
    const { lines, results } = await trackInMemory({ answer: inProgressOnce });

    const about = { requestId: 'ds-1', streamId: 'st-1', correlationId: undefined, recipients: 3 };
    expect(lines).toEqual([
      {
        ...about,
        message: 'checked',
        check: 1,
        outcome: 'waiting',
        nextCheckAt: (results[0] as Waiting).nextCheckAt,
        obstacle: undefined,
        status: 'IN_PROGRESS',
        counts: { total: 1, delivered: 1, failed: 0 },
      },
      {
        ...about,
        message: 'checked',
        check: 2,
        outcome: 'complete',
        status: 'SUCCESS',
        counts: { total: 3, delivered: 3, failed: 0 },
      },
    ]);
  });

  it('teaches how long the delivery has lived so far, and how long it did when it ended', async () => {
    const { lessons, ends, times } = await trackInMemory({ answer: inProgressOnce, random: 0.5 });

    const [first = 0, second = 0] = times;
    expect(secondsLived(lessons[0])).toBeCloseTo(first, 6);
    expect(lessons[0]).not.toHaveProperty('ended');
    expect(lessons).toHaveLength(1);
    expect(ends).toHaveLength(1);
    expect(secondsLived(ends[0])).toBeCloseTo((second - first) / 2, 6);
  });

  it('teaches nothing by an obstacle, nor by an end that is none', async () => {
    const { lessons, ends, results } = await trackInMemory({ answer: () => refuses('KORE_UNREACHABLE') });

    expect(results.at(-1)?.outcome).toBe('failed');
    expect(new Set(lessons)).toEqual(new Set([undefined]));
    expect(ends).toEqual([]);
  });

  it('does not count as seen under way what an obstacle hid', async () => {
    const { results } = await trackInMemory({
      answer: (call) => (call === 2 ? refuses('KORE_UNREACHABLE') : inProgressOnce(call)),
    });

    expect(results[1]).toMatchObject({ obstacle: 'KORE_UNREACHABLE', progress: { seenSeconds: 35 } });
  });

  it('comes when the logs that arrive foretell the end', async () => {
    const { times, wishes } = await trackInMemory({
      answer: (call) => answers('IN_PROGRESS', call),
      input: { ...INPUT, recipients: 5 },
      most: 3,
    });

    // One log in so many seconds, and three to come.
    const [first = 0, second = 0] = times;
    expect((wishes[1] ?? 0) - second).toBeCloseTo(3 * (second - first), 6);
  });

  it('reserves its next call also where Kore refused the credentials and the secret cannot be read again', async () => {
    const { results, wishes } = await trackInMemory({
      answer: () => refuses('CREDENTIALS_REFUSED'),
      isSecretReadable: false,
      most: 1,
    });

    expect(results[0]).toMatchObject({ obstacle: 'SECRET_UNREACHABLE', reservation: { number: 3 } });
    expect(wishes).toHaveLength(1);
  });

  it('comes later where the bot is busy', async () => {
    const input = { requestId: 'ds-1', streamId: 'st-1' };
    // Many more began a moment ago than can be checked soon.
    const starts = { ...EMPTY_STATE.starts, fine: new Map([[stretchOf(START, FINE_SECONDS), 3_000]]) };
    const busy = { granted: true, state: { ...EMPTY_STATE, starts } };
    const [idle, crowded] = [
      await trackInMemory({ answer: inProgressOnce, input }),
      await trackInMemory({ answer: inProgressOnce, input, claim: busy }),
    ];

    const [later, sooner] = [crowded, idle].map(({ times }) => times[1] ?? 0);
    expect(later).toBeGreaterThan((sooner ?? 0) + 5);
  });

  it.each([
    ['CREDENTIALS_REFUSED', 300],
    ['KORE_UNREACHABLE', 10],
  ])('after %s comes %i s later at the soonest', async (code, least) => {
    const { times } = await trackInMemory({
      answer: (call) => (call === 1 ? refuses(code) : inProgressOnce(2)),
    });

    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(Math.min(least, 300) - 1);
    if (least === 10) expect(times[1]).toBeLessThan(200);
  });

  it.each([
    [600, true],
    [601, false],
  ])('that Kore.ai asks to wait %i s books its call ahead: %s', async (retryAfterSeconds, isBooked) => {
    const { results, wishes } = await trackInMemory({
      answer: (call) => (call === 1 ? refuses('KORE_UNREACHABLE', { retryAfterSeconds }) : inProgressOnce(2)),
    });

    expect('reservation' in (results[0] ?? {})).toBe(isBooked);
    expect(wishes.length).toBe(isBooked ? 1 : 0);
  });

  it('remembers the wait after a refusal by the hour', async () => {
    const { results } = await trackInMemory({
      answer: (call) => (call < 3 ? refuses('RATE_LIMITED', { fullWindow: 'hour' }) : inProgressOnce(2)),
    });

    expect(results.slice(0, 2)).toMatchObject([
      { progress: { hourlyWaitSeconds: 300 } },
      { progress: { hourlyWaitSeconds: 600 } },
    ]);
  });
});

/** What a lesson says that a delivery has lived since the check before, in seconds. */
function secondsLived(lesson: Lesson | undefined): number {
  return (lesson?.lived ?? []).reduce(
    (sum, { age, share }) => sum + share * ((AGES[age + 1] as number) - (AGES[age] as number)),
    0,
  );
}

describe('an end', () => {
  /** What is learnt where the delivery is seen under way at 35 s, and final at the check after that. */
  async function learntFrom(logAt: ((second: number) => number) | undefined, random = 0) {
    const { ends, times } = await trackInMemory({
      answer: (call, seconds) =>
        call === 1
          ? answers('IN_PROGRESS', 1)
          : answers('SUCCESS', 3, undefined, logAt && new Date(START + logAt(seconds) * 1000).toISOString()),
      random,
    });
    expect(times).toHaveLength(2);
    expect(ends).toHaveLength(1);
    const [end] = ends;
    const age = end?.ended ?? -1;
    const [, second = 0] = times;
    const endedAt = 35 + secondsLived(end);
    // It ended at the last age that it lived.
    expect(end?.lived.at(-1)?.age).toBe(age);
    expect(AGES[age]).toBeLessThanOrEqual(endedAt);
    expect(AGES[age + 1]).toBeGreaterThanOrEqual(endedAt);
    return { endedAt, second };
  }

  it('is learnt from the time of the latest log, to the millisecond, whatever is random', async () => {
    expect((await learntFrom(() => 38.125, 0.9)).endedAt).toBeCloseTo(38.125, 6);
  });

  it.each([35, 20, -86_400])(
    'is learnt from a random moment where the latest log is of before it was seen under way: %d s',
    async (logAt) => {
      const { endedAt, second } = await learntFrom(() => logAt, 0.5);

      expect(endedAt).toBeCloseTo(35 + 0.5 * (second - 35), 1);
    },
  );

  it('is learnt from a random moment where the latest log is of after the answer', async () => {
    const { endedAt, second } = await learntFrom((seconds) => seconds + 60, 0.5);

    expect(endedAt).toBeCloseTo(35 + 0.5 * (second - 35), 1);
  });

  it.each([0, 0.25, 0.999])('is learnt from a random moment where no log has a time: %f', async (random) => {
    const { endedAt, second } = await learntFrom(undefined, random);

    expect(endedAt).toBeCloseTo(35 + random * (second - 35), 1);
  });

  it.each(['timed-out', 'failed'])('that is none teaches nothing: %s', async (outcome) => {
    const { ends, results } = await trackInMemory({
      answer: () => (outcome === 'failed' ? refuses('NOTIFICATION_NOT_FOUND') : answers('IN_PROGRESS')),
      most: 300,
    });

    expect(results.at(-1)?.outcome).toBe(outcome);
    expect(ends).toEqual([]);
  });
});

describe('a check without a connection', () => {
  const never = () => answers('SUCCESS');

  it('books its next call all the same: an outage is no reason to come all at once', async () => {
    const { results, wishes, calls } = await trackInMemory({ answer: never, isConnected: false, most: 1 });

    expect(results).toMatchObject([{ obstacle: 'KORE_UNREACHABLE', reservation: { number: 3 } }]);
    expect(wishes).toHaveLength(1);
    expect(calls).toBe(0);
  });

  it.each([
    ['PAUSED', { ...EMPTY_STATE, pausedAt: '2026-01-01T00:00:00Z' }],
    ['OUT_OF_CALL_BUDGET', EMPTY_STATE],
  ])('says %s where that is so, which has more time after the deadline', async (obstacle, state) => {
    const { results } = await trackInMemory({
      answer: never,
      isConnected: false,
      claim: { granted: false, state },
      firstAt: DEADLINE + 1,
      most: 1,
    });

    expect(results).toMatchObject([{ outcome: 'waiting', obstacle }]);
  });
});

describe('an input', () => {
  const unnamed = { requestId: 'ds-1' };

  it('needs no bot where the path names none', async () => {
    const { results } = await trackInMemory({
      input: unnamed,
      settings: { apiScope: 'admin-console' },
      answer: () => answers('SUCCESS'),
    });

    expect(results).toMatchObject([{ outcome: 'complete' }]);
  });

  it('without a bot is rejected at once, measured, and has a summary', async () => {
    const input = { ...unnamed, correlationId: 'c-1' };
    const { results, measured, summaries, lines, calls } = await trackInMemory({
      input,
      answer: () => answers('SUCCESS'),
    });

    expect(results).toMatchObject([
      { outcome: 'failed', detail: { data: { error: { code: 'INVALID_INPUT' } } } },
    ]);
    expect(measured).toEqual([
      ['TrackingsStarted', 1],
      ['TrackingsFailed', 1],
    ]);
    expect(summaries).toMatchObject([{ requestId: 'ds-1', outcome: 'failed', correlationId: 'c-1' }]);
    expect(lines).toEqual([
      {
        message: 'rejected input',
        requestId: 'ds-1',
        correlationId: 'c-1',
        check: 1,
        reason: expect.stringContaining('"streamId" is missing'),
      },
    ]);
    expect(calls).toBe(0);
  });

  it('that was reported before is measured no more', async () => {
    const once = { input: unnamed, answer: () => answers('SUCCESS') };
    const { finalEvents } = await trackInMemory({ ...once, firstAt: 30 });

    const { measured } = await trackInMemory({ ...once, recorded: finalEvents.rowOf('arn:ds-1') });

    expect(measured).toEqual([]);
  });

  it('that names no notification leaves no summary, which would have no key', async () => {
    const { results, summaries } = await trackInMemory({ input: { x: 1 }, answer: () => answers('SUCCESS') });

    expect(results).toMatchObject([{ outcome: 'failed' }]);
    expect(summaries).toEqual([]);
  });

  it('that is rejected is written down anew a minute later where the table takes nothing', async () => {
    const { results, measured, lines } = await trackInMemory({
      input: unnamed,
      answer: () => answers('SUCCESS'),
      fails: (what, time) => what === 'row' && time === 1,
    });

    expect(results).toMatchObject([
      { outcome: 'waiting', nextCheckAt: at(95), request: unnamed, obstacle: 'TABLE_UNREACHABLE' },
      { outcome: 'failed' },
    ]);
    expect(named(measured, 'TrackingsFailed')).toEqual([1]);
    expect(lines).toContainEqual(expect.objectContaining({ code: 'TABLE_UNREACHABLE', requestId: 'ds-1' }));
  });
});

describe('an id that Kore.ai does not know', () => {
  it('is given up after the grace where it never did', async () => {
    const { times, results } = await trackInMemory({ answer: () => refuses('NOTIFICATION_NOT_FOUND') });

    expect(results.at(-1)).toMatchObject({ outcome: 'failed' });
    expect(times.at(-1)).toBeLessThan(600);
  });

  it('is waited for to the deadline where it once did', async () => {
    const { times } = await trackInMemory({
      answer: (call) => (call === 1 ? answers('IN_PROGRESS', 1) : refuses('NOTIFICATION_NOT_FOUND')),
      most: 60,
    });

    expect(times.at(-1)).toBe(DEADLINE);
  });
});

describe('logs that are missing', () => {
  it('are looked for after 10, 30 and 60 s, and the lines say how many there should be', async () => {
    const { times, results, lines, lessons, wishes } = await trackInMemory({
      answer: () => answers('SUCCESS', 2),
    });

    expect(times).toEqual([35, 45, 75, 135]);
    expect(results.at(-1)).toMatchObject({
      outcome: 'complete',
      output: { counts: { total: 2, expected: 3 } },
    });
    expect(results[0]).toEqual({
      outcome: 'waiting',
      nextCheckAt: at(45),
      request: INPUT,
      progress: expect.objectContaining({
        checks: 1,
        final: { status: 'SUCCESS', seenSeconds: 35, checks: 0, expected: 3 },
      }),
      deadlineAt: at(DEADLINE),
    });
    expect(lines.map(({ expected }) => expected)).toEqual([3, 3, 3, 3]);
    expect([...wishes, ...lessons]).toEqual([]);
  });

  it('are looked for no later than at the deadline', async () => {
    const { times } = await trackInMemory({ answer: () => answers('SUCCESS', 2), firstAt: DEADLINE - 5 });

    expect(times).toEqual([DEADLINE - 5, DEADLINE]);
  });

  it('are none where as many came as were announced', async () => {
    const { lines, results } = await trackInMemory({ answer: () => answers('SUCCESS', 3, 3) });

    expect(results).toHaveLength(1);
    expect(lines[0]).not.toHaveProperty('expected');
  });

  it('do not change what is learnt and measured of the end', async () => {
    const { measured, ends, times } = await trackInMemory({
      answer: (call) => (call === 1 ? answers('IN_PROGRESS', 1) : answers('SUCCESS', 2)),
    });

    // From the first check to the second; the others only looked for logs.
    expect(named(measured, 'DetectionLag')).toEqual([(times[1] ?? 0) - (times[0] ?? 0)]);
    expect(ends).toHaveLength(1);
    expect(times).toHaveLength(5);
  });
});
