/** What left no summary is found among the executions, and counts. */
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../contract/event/event-names.ts';
import { at, eventRow } from './campaign-in-memory.ts';
import { error, follow, ours, SWEEP_AT } from './sweep-in-memory.ts';

describe('a tracking that left no summary', () => {
  it('is found five minutes before the last end, and counts fifteen seconds later', async () => {
    const counts = { total: 4, delivered: 4, failed: 0 };
    const row = eventRow('ds-3', 'complete', { counts, status: 'SUCCESS' }, ours);

    const { times, results, campaigns, lines, described } = await follow({
      trackings: [{ name: 'ds-3', row }],
    });

    expect(times).toEqual([SWEEP_AT - 10, SWEEP_AT, SWEEP_AT + 15]);
    expect(results[0]).not.toHaveProperty('isSwept');
    expect(results[1]).toMatchObject({
      outcome: 'waiting',
      isSwept: true,
      nextCheckAt: at(SWEEP_AT + 15),
      checks: 2,
    });
    expect(results[2]).toMatchObject({ outcome: 'complete', output: { notifications: { complete: 3 } } });
    expect(campaigns.summaryOf('ds-3')).toMatchObject({
      campaignId: 'spring',
      outcome: 'complete',
      status: 'SUCCESS',
      counts,
      executionArn: 'arn:tracking:ds-3',
    });
    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'asked the executions', saved: 1, check: 2 }),
    );
    expect(described).toEqual([]);
  });

  it.each<[Outcome, string]>([
    ['complete', 'complete'],
    ['timed-out', 'timedOut'],
    ['failed', 'failed'],
  ])('counts as %s where its event says so', async (outcome, counted) => {
    const row = eventRow('ds-3', outcome, outcome === 'complete' ? {} : error('DEADLINE_PASSED'), ours);

    const { last } = await follow({ ends: [], trackings: [{ name: 'ds-3', row }] });

    expect(last).toMatchObject({ output: { notifications: { [counted]: 1, missing: 2 } } });
  });

  it.each(['TRACKING_INTERRUPTED', 'UNEXPECTED_ERROR'])(
    'is found by its input where its event is %s and names no campaign',
    async (code) => {
      const row = eventRow('ds-3', 'failed', error(code));
      const input = { requestId: 'ds-3', campaignId: 'spring' };

      const { last, campaigns } = await follow({ trackings: [{ name: 'ds-3', row, input }] });

      expect(last).toMatchObject({ outcome: 'complete', output: { notifications: { failed: 1 } } });
      expect(campaigns.summaryOf('ds-3')).toMatchObject({ campaignId: 'spring', ...error(code) });
    },
  );

  it.each([
    ['no event', undefined],
    ['an event that nobody can read', { outcome: 'failed' as const, detail: '{"metadata":{}}' }],
    ['an event that is no JSON', { outcome: 'failed' as const, detail: 'none' }],
    [
      'an event without the id of its execution',
      eventRow('ds-3', 'complete', {}, { ...ours, id: undefined }),
    ],
    ['an event of no notification', eventRow('ds-3', 'complete', { requestId: undefined }, ours)],
    ['an event whose error has no code', eventRow('ds-3', 'failed', { error: {} })],
  ])('is found by its input where it has %s', async (_, row) => {
    const input = { requestId: 'ds-3', campaignId: 'spring' };

    const { last, campaigns } = await follow({ trackings: [{ name: 'ds-3', input, ...(row && { row }) }] });

    expect(last).toMatchObject({ outcome: 'complete', output: { notifications: { failed: 1 } } });
    expect(campaigns.summaryOf('ds-3')).toMatchObject({
      outcome: 'failed',
      campaignId: 'spring',
      executionArn: 'arn:tracking:ds-3',
      error: {
        code: 'TRACKING_INTERRUPTED',
        message:
          'The execution ended ABORTED, and its final event is not in the table. Its delivery logs so far are.',
      },
    });
  });

  it('ends as its newest attempt did', async () => {
    const input = { requestId: 'ds-3', campaignId: 'spring' };
    const row = eventRow('ds-3', 'failed', error('KORE_UNREACHABLE'), ours);

    const { campaigns } = await follow({
      trackings: [
        { name: 'ds-3--2', input },
        { name: 'ds-3', row },
      ],
    });

    expect(campaigns.summaryOf('ds-3')).toMatchObject({ executionArn: 'arn:tracking:ds-3--2' });
  });
});
