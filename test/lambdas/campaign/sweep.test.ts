/** What left no summary is found among the executions, once before the end. */
import { describe, expect, it } from 'vitest';
import {
  at,
  DEADLINE,
  eventRow,
  followInMemory,
  LAST_END,
  type Setup,
  summary,
} from './campaign-in-memory.ts';

const ours = { campaignId: 'spring' };
const two = [
  [0, summary('ds-1')],
  [0, summary('ds-2')],
] as const;
const error = (code: string) => ({ error: { code, message: 'Why.' } });
const sweepAt = LAST_END - 300;
/** From shortly before the sweep. */
const follow = (setup: Setup) => followInMemory({ ends: two, firstAt: sweepAt - 10, ...setup });

describe('a tracking that left no summary', () => {
  it('is found five minutes before the last end, and counts fifteen seconds later', async () => {
    const counts = { total: 4, delivered: 4, failed: 0 };
    const row = eventRow('ds-3', 'complete', { counts, status: 'SUCCESS' }, ours);

    const { times, results, campaigns, lines, described } = await follow({
      trackings: [{ name: 'ds-3', row }],
    });

    expect(times).toEqual([sweepAt - 10, sweepAt, sweepAt + 15]);
    expect(results[0]).not.toHaveProperty('isSwept');
    expect(results[1]).toMatchObject({
      outcome: 'waiting',
      isSwept: true,
      nextCheckAt: at(sweepAt + 15),
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
          'The execution ended ABORTED and left no final event. Its delivery logs so far are in the table.',
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

    const { described, last, campaigns } = await follow({
      trackings: [{ name: 'ds-9', input, ...(row && { row }) }],
    });

    expect(described).toHaveLength(asked);
    expect(last).toMatchObject({ outcome: 'timed-out' });
    expect(campaigns.summaryOf('ds-9')).toBeUndefined();
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

describe('the executions', () => {
  it('are asked once, and not where all ended in time', async () => {
    const asked = (lines: readonly Record<string, unknown>[]) =>
      lines.filter(({ message }) => message === 'asked the executions').length;

    const [short, whole] = await Promise.all([follow({}), follow({ ends: [...two, [0, summary('ds-3')]] })]);

    expect(asked(short.lines)).toBe(1);
    expect(asked(whole.lines)).toBe(0);
  });

  it('are asked at the last end too, by the first check that comes then', async () => {
    const row = eventRow('ds-3', 'complete', {}, ours);

    const { times, last } = await follow({ firstAt: LAST_END, trackings: [{ name: 'ds-3', row }] });

    expect(times).toEqual([LAST_END, LAST_END + 15]);
    expect(last).toMatchObject({ outcome: 'complete' });
  });

  it('that cannot be asked are asked again at the next check', async () => {
    const row = eventRow('ds-3', 'complete', {}, ours);

    const { results, lines, last } = await follow({
      trackings: [{ name: 'ds-3', row }],
      fails: (what, time) => what === 'executions' && time === 1,
    });

    expect(results[1]).not.toHaveProperty('isSwept');
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: 'could not ask all executions',
        code: 'EXECUTIONS_UNREACHABLE',
        saved: 0,
      }),
    );
    expect(last).toMatchObject({ outcome: 'complete' });
  });

  it('that can never be asked do not hold up the end', async () => {
    const { times, last } = await follow({ fails: (what) => what === 'executions' });

    expect(times.at(-1)).toBe(LAST_END);
    expect(last).toMatchObject({ outcome: 'timed-out' });
  });

  it('whose summaries cannot all be written are asked again, and what was written counts', async () => {
    const trackings = ['ds-3', 'ds-4'].map((name) => ({ name, row: eventRow(name, 'complete', {}, ours) }));

    const { lines, last, results } = await follow({
      input: { campaignId: 'spring', notifications: 4 },
      trackings,
      fails: (what, time) => what === 'summary' && time === 2,
    });

    expect(lines).toContainEqual(expect.objectContaining({ code: 'TABLE_UNREACHABLE', saved: 1 }));
    expect(results[1]).toMatchObject({ nextCheckAt: at(sweepAt + 15) });
    expect(results[1]).not.toHaveProperty('isSwept');
    expect(last).toMatchObject({ outcome: 'complete', output: { notifications: { complete: 4 } } });
  });
});
