/** Executions that the sweep comes upon, and that do not count for the campaign, or count already. */
import { describe, expect, it } from 'vitest';
import { DEADLINE, eventRow, type Setup } from './campaign-in-memory.ts';
import { error, follow, ours } from './sweep-in-memory.ts';

describe('an execution is left alone that', () => {
  const left: Setup['trackings'] = [
    { name: 'ds-1', input: { requestId: 'ds-1', campaignId: 'spring' } },
    { name: 'ds-2--3', input: { requestId: 'ds-2', campaignId: 'spring' } },
  ];

  it('is an attempt at what counts already', async () => {
    const { described, last } = await follow({ trackings: left });

    expect(described).toEqual([]);
    expect(last).toMatchObject({ outcome: 'timed-out' });
  });

  it('is an attempt at what counts already, and was named by hand', async () => {
    const { last, lines } = await follow({
      trackings: [{ name: 'by-hand', row: eventRow('ds-1', 'failed', error('KORE_UNREACHABLE'), ours) }],
    });

    expect(last).toMatchObject({ outcome: 'timed-out', output: { notifications: { complete: 2 } } });
    expect(lines).toContainEqual(expect.objectContaining({ message: 'asked the executions', saved: 0 }));
  });

  it.each([
    [
      'belongs to another campaign',
      eventRow('ds-9', 'failed', error('TRACKING_INTERRUPTED'), { campaignId: 'autumn' }),
      0,
    ],
    ['belongs to none, and ended by itself', eventRow('ds-9', 'complete', {}), 0],
    ['belongs to none, and failed by itself', eventRow('ds-9', 'failed', error('KORE_UNREACHABLE')), 0],
    ['belongs to another campaign, by its input', undefined, 1],
  ])('%s', async (_, row, asked) => {
    const input = { requestId: 'ds-9', campaignId: 'autumn' };

    const { described, last, campaigns, lines } = await follow({
      trackings: [{ name: 'ds-9', input, ...(row && { row }) }],
    });

    expect(described).toHaveLength(asked);
    expect(last).toMatchObject({ outcome: 'timed-out' });
    expect(campaigns.summaryOf('ds-9')).toBeUndefined();
    expect(lines).toContainEqual(expect.objectContaining({ message: 'asked the executions', saved: 0 }));
  });

  it.each([
    ['has no input any more', undefined],
    ['has an input that is no JSON', 'spring'],
    ['has an input that cannot be tracked', { requestId: 'no id', campaignId: 'spring' }],
  ])('%s', async (_, input) => {
    const { last, described } = await follow({ trackings: [{ name: 'ds-9', ...(input && { input }) }] });

    expect(described).toEqual(['arn:tracking:ds-9']);
    expect(last).toMatchObject({ outcome: 'timed-out' });
  });

  it('began so long before the campaign that it had ended by then', async () => {
    const tracking = { name: 'ds-3', row: eventRow('ds-3', 'complete', {}, ours) };
    const earliest = -2 * DEADLINE;

    const [late, early] = await Promise.all([
      follow({ trackings: [{ ...tracking, startedAt: earliest }] }),
      follow({ trackings: [{ ...tracking, startedAt: earliest - 1 }] }),
    ]);

    expect(late.last).toMatchObject({ outcome: 'complete' });
    expect(early.last).toMatchObject({ outcome: 'timed-out' });
  });
});
