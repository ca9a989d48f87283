/** Before an end goes out, every failure that the table has is announced. */
import { describe, expect, it } from 'vitest';
import { finalEventRow } from '../../../lambdas/check-delivery/ending/final-event-row.ts';
import { toRows } from '../../../lambdas/check-delivery/rows/to-rows.ts';
import { deliveryLogInMemory } from '../../../testing/in-memory/delivery-log-in-memory.ts';
import { DEADLINE, refuses, START } from '../tracking-in-memory.ts';
import { logId } from './log-ids.ts';
import { failed, INPUT, logsOf, named, oneMoreEach, tracked } from './tracked-failures.ts';

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
    expect(lines.filter(({ message }) => message === 'failures may not be announced')).toMatchObject([
      { code: 'TABLE_UNREACHABLE', check: results.length },
    ]);
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
