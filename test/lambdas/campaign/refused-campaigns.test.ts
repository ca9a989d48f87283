/** Campaigns that end at their first check: by an input that cannot be tracked, or an id that was used before. */
import { describe, expect, it } from 'vitest';
import { campaignsInMemory } from '../../../testing/in-memory/campaigns-in-memory.ts';
import { ARN, at, followInMemory, LAST_END, START, summary } from './campaign-in-memory.ts';

const three = ['ds-1', 'ds-2', 'ds-3'].map((id) => [0, summary(id)] as const);
const measuredNames = (measured: readonly [string, number][]) => measured.map(([name]) => name);

describe('an input that cannot be tracked', () => {
  it('fails the campaign at once, and its row says why', async () => {
    const input = { campaignId: 'spring', notifications: 0 };
    const { results, measured, campaigns, lines } = await followInMemory({ input });

    const message = '"notifications" of the input must be at least 1.';
    expect(results).toStrictEqual([
      {
        outcome: 'failed',
        detail: {
          metadata: { id: ARN, version: '1', timestamp: '2026-01-01T00:00:00.000Z' },
          data: { campaignId: 'spring', error: { code: 'INVALID_INPUT', message } },
        },
        output: { outcome: 'failed' },
      },
    ]);
    expect(await campaigns.rowOf('spring')).toMatchObject({
      outcome: 'failed',
      completedAt: '2026-01-01T00:00:00.000Z',
      error: { code: 'INVALID_INPUT', message },
      notifications: { expected: 0 },
      checks: 1,
    });
    expect(measuredNames(measured)).toEqual(['CampaignsFailed', 'CampaignsStarted']);
    expect(lines[0]).toMatchObject({ message: 'rejected input', campaignId: 'spring', reason: message });
  });

  it('fails it at its first check where the summaries would expire before its end', async () => {
    const input = { campaignId: 'spring', notifications: 3, deadlineSeconds: 90 * 86_400 };
    const { results, campaigns } = await followInMemory({ input, ends: three });

    const error = {
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/"deadlineSeconds".*7776000.*90 days/),
    };
    expect(results).toMatchObject([{ outcome: 'failed', detail: { data: { campaignId: 'spring', error } } }]);
    expect(await campaigns.rowOf('spring')).toMatchObject({
      outcome: 'failed',
      error,
      notifications: { expected: 3 },
    });
  });

  it('is named by its execution where it has no usable id, and writes no row', async () => {
    const { last, rows } = await followInMemory({ input: { campaignId: '#', notifications: 3 } });

    expect(last).toMatchObject({
      detail: { data: { campaignId: 'spring', error: { code: 'INVALID_INPUT' } } },
    });
    expect(rows).toEqual([]);
  });

  it('waits where its end cannot be written down, then goes out all the same', async () => {
    const { results, times } = await followInMemory({ input: 7, fails: (what) => what === 'final event' });

    expect(results[0]).toStrictEqual({
      outcome: 'waiting',
      nextCheckAt: at(50),
      checks: 1,
      lastEndAt: at(LAST_END),
      obstacle: 'TABLE_UNREACHABLE',
    });
    expect(results.at(-1)).toMatchObject({
      outcome: 'failed',
      detail: { data: { error: { code: 'INVALID_INPUT' } } },
    });
    expect(times.at(-1)).toBe(LAST_END + 300);
  });

  it('leaves the row of another execution alone', async () => {
    const { campaigns } = await followInMemory({ ends: three });
    const before = await campaigns.rowOf('spring');

    await followInMemory({ campaigns, input: { campaignId: 'spring', notifications: 0 }, firstAt: 600 });

    expect((await campaigns.rowOf('spring'))?.outcome).toBe(before?.outcome);
  });
});

describe('an id that was used before', () => {
  const other = async (more: object = {}) => {
    const campaigns = campaignsInMemory();
    const { rows } = await followInMemory({ most: 1 });
    const [, progress] = rows;
    if (progress === undefined) throw new Error('no row');
    await campaigns.saveRow({ ...progress, executionArn: 'arn:campaign:other', ...more });
    return campaigns;
  };

  it('fails the campaign before anything is counted, and changes nothing of the other', async () => {
    const campaigns = await other();
    const before = await campaigns.rowOf('spring');

    const { results, measured, finalEvents } = await followInMemory({
      campaigns,
      // After the claim the campaign's row is of no use to it.
      fails: (what, time) => what === 'index' || (what === 'row' && time > 1),
    });

    expect(results).toMatchObject([
      {
        outcome: 'failed',
        detail: { data: { campaignId: 'spring', error: { code: 'CAMPAIGN_ID_USED' }, durationSeconds: 0 } },
        output: { outcome: 'failed' },
      },
    ]);
    expect((results[0] as { detail: { data: object } }).detail.data).not.toHaveProperty('notifications');
    expect(await campaigns.rowOf('spring')).toBe(before);
    expect(finalEvents.rowOf(ARN)).toMatchObject({ outcome: 'failed' });
    expect(measuredNames(measured)).toEqual(['CampaignsFailed', 'CampaignsStarted']);
  });

  it('is found by an execution of the same name that began later', async () => {
    const campaigns = await other({ executionArn: ARN, startedAt: '2025-06-01T00:00:00.000Z' });

    const { last } = await followInMemory({ campaigns });

    expect(last).toMatchObject({ detail: { data: { error: { code: 'CAMPAIGN_ID_USED' } } } });
  });

  it('is free again once the row has expired', async () => {
    const campaigns = await other({ expiresAt: START / 1000 - 1 });

    const { last } = await followInMemory({ campaigns, ends: three });

    expect(last).toMatchObject({ outcome: 'complete' });
    expect(await campaigns.rowOf('spring')).toMatchObject({ executionArn: ARN });
  });

  it('is found later too, where the row could not be reached at first', async () => {
    const campaigns = await other();

    const { last, results } = await followInMemory({
      campaigns,
      fails: (what, time) => what === 'row' && time === 1,
    });

    expect(results).toMatchObject([
      { outcome: 'waiting', obstacle: 'TABLE_UNREACHABLE' },
      { outcome: 'failed' },
    ]);
    expect(last).toMatchObject({ detail: { data: { error: { code: 'CAMPAIGN_ID_USED' } } } });
  });
});
