/** Trackings that announce their failures, check by check: each once before the final event, whatever is lost on the way. */
import { describe, expect, it } from 'vitest';
import { finalEventRow } from '../../../lambdas/check-delivery/ending/final-event-row.ts';
import type { StatusWord } from '../../../lambdas/check-delivery/kore/words/status-word.ts';
import { toRows } from '../../../lambdas/check-delivery/rows/to-rows.ts';
import { LARGEST_PAYLOAD_BYTES } from '../../../local/aws/state-machine.ts';
import type { CannedAnswer } from '../../../testing/in-memory/canned-answer.ts';
import { deliveryLogInMemory } from '../../../testing/in-memory/delivery-log-in-memory.ts';
import { DEADLINE, refuses, START, trackInMemory } from '../tracking-in-memory.ts';
import type { Setup } from '../tracking-setup.ts';
import { logId, logIds } from './log-ids.ts';

const logsOf = (failed: readonly string[]) =>
  failed.map((_id) => ({ _id, originalId: `${_id}@example.com`, channel: 'ivr', status: 'FAILURE' }));
/** What Kore answers where these have failed; another was reached. */
const failed = (ids: readonly string[], status: StatusWord = 'IN_PROGRESS'): CannedAnswer => ({
  kind: 'answer',
  answer: { status, entries: [{ _id: 'nl-reached', status: 'SUCCESS' }, ...logsOf(ids)] },
});
/** One more failure at each check, and the end at the third. */
const oneMoreEach = (call: number) => failed(logIds(0, call), call < 3 ? 'IN_PROGRESS' : 'PARTIAL_SUCCESS');
const INPUT = { requestId: 'ds-1', streamId: 'st-1' };
const tracked = (setup: Setup) => trackInMemory({ input: INPUT, announces: true, ...setup });
const named = (announced: readonly { data: { logIds: readonly string[] } }[]) =>
  announced.map(({ data }) => data.logIds);

describe('failures', () => {
  it('are announced once each, by the checks that see them first', async () => {
    const { announced, results } = await tracked({ answer: oneMoreEach });

    expect(named(announced)).toEqual([[logId(0)], [logId(1)], [logId(2)]]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['waiting', 'waiting', 'complete']);
  });

  it('are told with all that a consumer needs, and nothing of a person', async () => {
    const input = { ...INPUT, campaignId: 'spring', correlationId: 'order-42' };
    const { announced } = await tracked({ answer: oneMoreEach, input, most: 1 });

    expect(announced).toEqual([
      {
        metadata: {
          id: 'arn:ds-1#1',
          version: '1',
          timestamp: '2026-01-01T00:00:35.000Z',
          campaignId: 'spring',
          correlationId: 'order-42',
        },
        data: {
          requestId: 'ds-1',
          streamId: 'st-1',
          logIds: [logId(0)],
          count: 1,
          more: false,
          deliveryLog: { tableArn: 'arn:table', partitionKey: 'ds-1' },
        },
      },
    ]);
  });

  it('are counted in the line of the check', async () => {
    const { lines } = await tracked({ answer: oneMoreEach });

    expect(lines.map(({ announced, outcome }) => [announced, outcome])).toEqual([
      [1, 'waiting'],
      [1, 'waiting'],
      [1, 'complete'],
    ]);
  });

  it('are announced once though one is reached for a while', async () => {
    const { announced } = await tracked({
      answer: (call) =>
        call === 2
          ? {
              kind: 'answer',
              answer: { status: 'IN_PROGRESS', entries: [{ ...logsOf([logId(0)])[0], status: 'SUCCESS' }] },
            }
          : failed([logId(0)], call < 4 ? 'IN_PROGRESS' : 'FAILURE'),
    });

    expect(named(announced)).toEqual([[logId(0)]]);
  });

  it('of an earlier attempt are announced as well: this one has told nobody', async () => {
    const deliveryLog = deliveryLogInMemory();
    const rows = toRows(logsOf([logId(9)]), INPUT, { now: START, askedAt: START, retentionDays: 90 });
    await deliveryLog.saveLogs('ds-1', rows, new AbortController().signal);

    const { announced } = await tracked({ answer: oneMoreEach, deliveryLog, most: 1 });

    expect(named(announced)).toEqual([[logId(0), logId(9)]]);
  });

  it('are not read again where the answer is the same, nor at an end that has read them', async () => {
    const { announced, saved, read } = await tracked({
      answer: (call) => failed([logId(0)], call < 3 ? 'IN_PROGRESS' : 'FAILURE'),
    });

    expect(announced).toHaveLength(1);
    expect([saved, read]).toEqual([2, 0]);
  });
});

describe('an announcement', () => {
  it('whose check was lost is made by the next one that reads the table', async () => {
    const { announced } = await tracked({
      answer: oneMoreEach,
      mishap: (check) => (check === 1 ? 'lost' : undefined),
    });

    expect(named(announced)).toEqual([[logId(0), logId(1)], [logId(2)]]);
  });

  it('that could not be published is made again', async () => {
    const { announced, results } = await tracked({
      answer: oneMoreEach,
      mishap: (check) => (check === 2 ? 'unpublished' : undefined),
    });

    expect(named(announced)).toEqual([[logId(0)], [logId(1), logId(2)]]);
    expect(results.at(-1)?.outcome).toBe('complete');
  });

  it('has an id of its own in the execution', async () => {
    const { announced } = await tracked({
      answer: oneMoreEach,
      mishap: (check) => (check === 1 ? 'lost' : undefined),
    });

    expect(announced.map(({ metadata }) => metadata.id)).toEqual(['arn:ds-1#1', 'arn:ds-1#2']);
  });

  it('leaves the result as it is without one, but for what was announced', async () => {
    const [silent, told] = [
      await trackInMemory({ input: INPUT, answer: oneMoreEach }),
      await tracked({ answer: oneMoreEach }),
    ];

    const without = JSON.parse(JSON.stringify(told.results), (key, value) =>
      key === 'announced' ? undefined : value,
    );
    expect(without).toEqual(JSON.parse(JSON.stringify(silent.results)));
    expect(silent.announced).toEqual([]);
    expect(JSON.stringify(silent.results)).not.toContain('announced');
  });

  it('has no room for more than 200 names, and says that there are more', async () => {
    const { announced } = await tracked({
      answer: () => failed(logIds(0, 1_200), 'PARTIAL_SUCCESS'),
    });

    expect(announced).toMatchObject([{ data: { logIds: { length: 200 }, count: 1_200, more: true } }]);
  });
});

describe('more than a thousand failures', () => {
  it('are all announced before the end, and leave the state small', async () => {
    const { announced, results } = await tracked({
      answer: (call) =>
        failed(logIds(0, [700, 1_400, 1_500][call - 1] ?? 0), call < 3 ? 'IN_PROGRESS' : 'PARTIAL_SUCCESS'),
    });

    expect(announced.map(({ data }) => data.count)).toEqual([700, 700, 100]);
    expect(Math.max(...results.map((result) => JSON.stringify(result).length))).toBeLessThan(9_000);
  });

  it('fit into a payload with the longest names, beside what was announced before', async () => {
    const { announced, results } = await tracked({
      answer: (call) => failed(logIds(0, 800 * call).map((key) => `${key}~${'0'.repeat(32)}`)),
      most: 2,
    });

    const largest = results.map((then, i) => JSON.stringify([then, results[i - 1], announced[i]]).length);
    expect(Math.max(...largest)).toBeLessThan(LARGEST_PAYLOAD_BYTES);
  });
});

describe('before an end', () => {
  const unreachable = (call: number) => (call === 1 ? failed([logId(0)]) : refuses('KORE_UNREACHABLE'));

  it('the table is read where Kore was not reached, for what a lost check has saved', async () => {
    const { announced, results, read } = await tracked({
      answer: unreachable,
      mishap: (check) => (check === 1 ? 'lost' : undefined),
    });

    expect(named(announced)).toEqual([[logId(0)]]);
    expect(results.at(-1)).toMatchObject({ outcome: 'failed' });
    expect(read).toBe(1);
  });

  it('nothing is announced where all was', async () => {
    const { announced, read } = await tracked({ answer: unreachable });

    expect(announced).toHaveLength(1);
    expect(read).toBe(1);
  });

  it('that was recorded before, what only the table knows is announced', async () => {
    const recorded = finalEventRow(
      {
        outcome: 'failed',
        detail: {
          metadata: { id: 'arn:ds-1', version: '1' },
          data: { requestId: 'ds-1', error: { code: 'TRACKING_INTERRUPTED', message: 'Stopped.' } },
        },
        output: { outcome: 'failed', counts: { total: 0, delivered: 0, failed: 0 } },
      },
      { now: START, retentionDays: 90 },
    );

    const { announced, results } = await tracked({
      answer: unreachable,
      recorded,
      mishap: (check) => (check === 1 ? 'lost' : undefined),
    });

    expect(named(announced)).toEqual([[logId(0)]]);
    expect(results.at(-1)).toMatchObject({ detail: { data: { error: { code: 'TRACKING_INTERRUPTED' } } } });
  });

  it('whose summary came late, what another check has saved meanwhile is announced', async () => {
    const deliveryLog = deliveryLogInMemory();
    const late = toRows(logsOf([logId(7)]), INPUT, { now: START, askedAt: START, retentionDays: 90 });

    const { announced, results } = await tracked({
      answer: () => failed([logId(0)], 'PARTIAL_SUCCESS'),
      deliveryLog: {
        ...deliveryLog,
        async notReached(requestId) {
          await deliveryLog.saveLogs(requestId, late, new AbortController().signal);
          return deliveryLog.notReached(requestId);
        },
      },
      fails: (what, time) => what === 'summary' && time === 1,
    });

    expect(named(announced)).toEqual([[logId(0)], [logId(7)]]);
    expect(announced.map(({ metadata }) => metadata.id)).toEqual(['arn:ds-1#1', 'arn:ds-1#2']);
    expect(results).toMatchObject([{ outcome: 'waiting', end: {} }, { outcome: 'complete' }]);
  });

  it('the table is asked again a minute later where it did not answer', async () => {
    const { announced, results, times } = await tracked({
      answer: unreachable,
      mishap: (check) => (check === 1 ? 'lost' : undefined),
      fails: (what, time) => what === 'failures' && time === 1,
    });

    expect(results.at(-2)).toMatchObject({
      outcome: 'waiting',
      obstacle: 'TABLE_UNREACHABLE',
      end: { outcome: 'failed', detail: expect.stringContaining('KORE_UNREACHABLE') },
    });
    expect((times.at(-1) ?? 0) - (times.at(-2) ?? 0)).toBe(60);
    expect(named(announced)).toEqual([[logId(0)]]);
    expect(results.at(-1)?.outcome).toBe('failed');
  });

  it('the table is asked for five minutes after the deadline, then the end goes out without', async () => {
    const { announced, results, times, lines } = await tracked({
      answer: unreachable,
      mishap: (check) => (check === 1 ? 'lost' : undefined),
      fails: (what) => what === 'failures',
    });

    expect(announced).toEqual([]);
    expect(results.at(-1)?.outcome).toBe('failed');
    expect(times.at(-1)).toBe(DEADLINE + 300);
    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'failures may not be announced', code: 'TABLE_UNREACHABLE' }),
    );
  });

  it('of an input that cannot be tracked nothing is read or announced', async () => {
    const { announced, results, read } = await tracked({
      input: { requestId: 'ds-1', streamId: 'st-1', recipients: 0 },
      answer: oneMoreEach,
    });

    expect(results).toMatchObject([{ outcome: 'failed' }]);
    expect([announced.length, read]).toEqual([0, 0]);
  });
});
