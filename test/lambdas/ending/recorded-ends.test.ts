/** An end is recorded, then told: what happens where the table takes the one or the other late, or never. */
import { expect, it } from 'vitest';
import { finalEventRow } from '../../../lambdas/check-delivery/ending/final-event-row.ts';
import { answers, DEADLINE, START, trackInMemory } from '../tracking-in-memory.ts';

const at = (seconds: number) => new Date(START + seconds * 1000).toISOString().replace('.000Z', 'Z');
const ended = () => answers('SUCCESS');
const count = (measured: readonly [string, number][], name: string) =>
  measured.filter(([one]) => one === name).length;

it('is told by the check that records it', async () => {
  const { results, measured, summaries, finalEvents } = await trackInMemory({ answer: ended });

  expect(results).toMatchObject([{ outcome: 'complete', output: { counts: { total: 3 } } }]);
  expect(finalEvents.rowOf('arn:ds-1')?.expiresAt).toBe(START / 1000 + 35 + 90 * 86_400);
  expect(summaries).toMatchObject([{ outcome: 'complete' }]);
  expect(JSON.parse(finalEvents.rowOf('arn:ds-1')?.detail ?? '')).toEqual(
    (results[0] as { detail: unknown }).detail,
  );
  expect(count(measured, 'DeliveriesComplete')).toBe(1);
});

it('is told a minute later where the summary fails, by a check that asks nothing, measures nothing and counts as one', async () => {
  const { results, measured, calls, lines } = await trackInMemory({
    answer: ended,
    fails: (what, time) => what === 'summary' && time === 1,
  });

  expect(results[0]).toMatchObject({
    outcome: 'waiting',
    nextCheckAt: at(95),
    obstacle: 'TABLE_UNREACHABLE',
    deadlineAt: at(DEADLINE),
    progress: { checks: 1 },
    end: { outcome: 'complete', detail: expect.stringContaining('"SUCCESS"') },
  });
  expect(results[1]).toMatchObject({ outcome: 'complete', detail: { data: { checks: 1 } } });
  expect(calls).toBe(1);
  expect(count(measured, 'DeliveriesComplete')).toBe(1);
  expect(lines.at(-1)).toMatchObject({
    message: 'checked',
    requestId: 'ds-1',
    check: 2,
    outcome: 'complete',
    end: 'complete',
  });
});

it('says in the log that it still waits', async () => {
  const { lines, results } = await trackInMemory({
    answer: ended,
    fails: (what, time) => what === 'summary' && time <= 2,
  });

  expect(lines).toContainEqual(
    expect.objectContaining({
      message: 'checked',
      check: 2,
      outcome: 'waiting',
      nextCheckAt: at(155),
      obstacle: 'TABLE_UNREACHABLE',
      end: 'complete',
    }),
  );
  expect(results[1]).toMatchObject({ progress: { checks: 2 } });
});

it('waits for its summary for five minutes after the deadline, and not longer', async () => {
  const { times, results, summaries } = await trackInMemory({
    answer: ended,
    firstAt: DEADLINE - 1,
    fails: (what) => what === 'summary',
  });

  expect(results.at(-1)).toMatchObject({ outcome: 'complete' });
  expect(times.at(-2)).toBeLessThan(DEADLINE + 300);
  expect(times.at(-1)).toBeGreaterThanOrEqual(DEADLINE + 300);
  expect(times.at(-1)).toBeLessThanOrEqual(DEADLINE + 361);
  expect(summaries).toEqual([]);
});

it('is told at the very moment at which the waiting ends', async () => {
  const { times } = await trackInMemory({
    answer: ended,
    firstAt: DEADLINE + 300,
    fails: (what) => what === 'summary',
  });

  expect(times).toEqual([DEADLINE + 300]);
});

it('is written down anew until the last end, then told without', async () => {
  const { times, results, finalEvents, measured } = await trackInMemory({
    answer: ended,
    firstAt: 2 * DEADLINE - 100,
    fails: (what) => what === 'row',
  });

  expect(times.at(-1)).toBe(2 * DEADLINE);
  expect(results.at(-1)).toMatchObject({ outcome: 'complete' });
  expect(finalEvents.rowOf('arn:ds-1')).toBeUndefined();
  expect(count(measured, 'DeliveriesComplete')).toBe(1);
});

it('that is not written down yet was not seen under way', async () => {
  const { results } = await trackInMemory({
    answer: ended,
    fails: (what, time) => what === 'row' && time === 1,
  });

  expect(results[0]).toMatchObject({
    outcome: 'waiting',
    progress: { seenSeconds: 0, final: { seenSeconds: 35 } },
  });
});

it('is what was written down before, whatever the check has found, and counts no more', async () => {
  const before = finalEventRow(
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

  const { results, measured, lines, ends, summaries } = await trackInMemory({
    answer: ended,
    recorded: before,
  });

  expect(results).toMatchObject([
    { outcome: 'failed', detail: { data: { error: { code: 'TRACKING_INTERRUPTED' } } } },
  ]);
  expect(summaries).toMatchObject([{ outcome: 'failed', error: { code: 'TRACKING_INTERRUPTED' } }]);
  expect(lines).toContainEqual(
    expect.objectContaining({ message: 'the end was recorded before', outcome: 'failed', check: 1 }),
  );
  expect(count(measured, 'DeliveriesComplete') + count(measured, 'TrackingsFailed')).toBe(0);
  expect(ends).toEqual([]);
});
