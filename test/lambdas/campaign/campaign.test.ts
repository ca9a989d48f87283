/** A campaign, check by check. */
import { describe, expect, it } from 'vitest';
import { CAMPAIGN_DETAIL_TYPES } from '../../../contract/event/event-names.ts';
import { ARN, at, followInMemory, LAST_END, START, summary } from './campaign-in-memory.ts';

const three = [
  [0, summary('ds-1')],
  [70, summary('ds-2', 'failed', { counts: undefined })],
  [130, summary('ds-3', 'timed-out', { completedAt: at(130) })],
] as const;
const measuredNames = (measured: readonly [string, number][]) => measured.map(([name]) => name);

describe('a campaign', () => {
  it('waits until as many notifications ended as were announced, however they did', async () => {
    const { results, times, campaigns } = await followInMemory({ ends: three });

    expect(times).toEqual([0, 50, 100, 150]);
    expect(results[0]).toStrictEqual({
      outcome: 'waiting',
      nextCheckAt: at(50),
      campaign: { campaignId: 'spring', notifications: 3 },
      checks: 1,
      lastEndAt: at(LAST_END),
    });
    expect(results[3]).toStrictEqual({
      outcome: 'complete',
      detail: {
        metadata: { id: ARN, version: '1', timestamp: '2026-01-01T00:02:30.000Z' },
        data: {
          campaignId: 'spring',
          notifications: { expected: 3, complete: 1, timedOut: 1, failed: 1, missing: 0, extra: 0 },
          counts: { total: 20, delivered: 16, failed: 4 },
          startedAt: '2026-01-01T00:00:00.000Z',
          completedAt: '2026-01-01T00:02:30.000Z',
          durationSeconds: 150,
          deliveryLog: { tableArn: 'arn:table', indexName: 'summaries-by-campaign' },
        },
      },
      output: {
        outcome: 'complete',
        notifications: { expected: 3, complete: 1, timedOut: 1, failed: 1, missing: 0, extra: 0 },
        counts: { total: 20, delivered: 16, failed: 4 },
      },
    });
    expect(await campaigns.rowOf('spring')).toStrictEqual({
      requestId: '#campaign#spring',
      logId: '#summary',
      executionArn: ARN,
      startedAt: '2026-01-01T00:00:00.000Z',
      notifications: { expected: 3, complete: 1, timedOut: 1, failed: 1, missing: 0, extra: 0 },
      counts: { total: 20, delivered: 16, failed: 4 },
      checks: 4,
      outcome: 'complete',
      completedAt: '2026-01-01T00:02:30.000Z',
      savedAt: '2026-01-01T00:02:30.000Z',
      expiresAt: START / 1000 + 150 + 90 * 86_400,
    });
  });

  it('writes down how far it is at each check, and claims its id before it counts', async () => {
    const { rows } = await followInMemory({ ends: three, most: 2 });

    expect(
      rows.map(({ checks, notifications: { complete, missing }, outcome }) => [
        checks,
        complete,
        missing,
        outcome,
      ]),
    ).toEqual([
      [0, 0, 3, undefined],
      [1, 1, 2, undefined],
      [2, 1, 2, undefined],
    ]);
  });

  it('records its end as the one truth of its execution', async () => {
    const { finalEvents, last } = await followInMemory({ ends: three });

    expect(finalEvents.rowOf(ARN)).toMatchObject({
      logId: '#final-event',
      outcome: 'complete',
      detailType: CAMPAIGN_DETAIL_TYPES.complete,
      expiresAt: START / 1000 + 150 + 90 * 86_400,
    });
    expect(JSON.parse(finalEvents.rowOf(ARN)?.detail ?? '')).toEqual((last as { detail: unknown }).detail);
  });

  it('is measured once at its begin and once at its end', async () => {
    const { measured } = await followInMemory({ ends: three });

    expect(measured).toEqual([
      ['CampaignsStarted', 1],
      ['CampaignsComplete', 1],
      ['CampaignDetectionLag', 20],
    ]);
  });

  it('says in each line which campaign and check it is about', async () => {
    const { lines } = await followInMemory({ ends: three });

    expect(lines[0]).toMatchObject({
      message: 'checked',
      campaignId: 'spring',
      check: 1,
      outcome: 'waiting',
    });
    expect(lines.at(-1)).toMatchObject({ check: 4, outcome: 'complete', notifications: { complete: 1 } });
  });

  it('says what ended beyond the number announced', async () => {
    const ends = ['ds-1', 'ds-2', 'ds-3', 'ds-4'].map((id) => [0, summary(id)] as const);
    const { last } = await followInMemory({ ends });

    expect(last).toMatchObject({
      outcome: 'complete',
      output: { notifications: { expected: 3, missing: 0, extra: 1 } },
    });
  });

  it('counts no other campaign, and nothing that has no known outcome', async () => {
    const { last, lines } = await followInMemory({
      ends: [
        [0, summary('ds-1')],
        [0, summary('ds-2', 'complete', { campaignId: 'autumn' })],
        [0, summary('ds-3', 'lost' as never)],
      ],
      most: 1,
    });

    expect(last).toMatchObject({ outcome: 'waiting' });
    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'summaries of an unknown outcome', count: 1 }),
    );
  });

  it('times out an hour after its deadline where notifications are missing', async () => {
    const { last, times, measured, campaigns } = await followInMemory({ ends: three.slice(0, 2) });

    expect(times.at(-1)).toBe(LAST_END);
    expect(last).toMatchObject({
      outcome: 'timed-out',
      detail: {
        data: {
          notifications: { expected: 3, complete: 1, failed: 1, missing: 1 },
          durationSeconds: LAST_END,
          error: { code: 'DEADLINE_PASSED', message: expect.stringContaining('1 of 3 notifications') },
        },
      },
    });
    expect(await campaigns.rowOf('spring')).toMatchObject({
      outcome: 'timed-out',
      error: { code: 'DEADLINE_PASSED' },
    });
    expect(measuredNames(measured)).toEqual(['CampaignsStarted', 'CampaignsTimedOut']);
  });

  it('goes by the deadline of its input', async () => {
    const input = { campaignId: 'spring', notifications: 3, deadlineSeconds: 60 };
    const { times, last, results } = await followInMemory({ input });

    expect(results[0]).toMatchObject({ lastEndAt: at(120), campaign: input });
    expect(times.at(-1)).toBe(120);
    expect(last).toMatchObject({ outcome: 'timed-out' });
  });

  it('hands on how often the function failed', async () => {
    const { results } = await followInMemory({ state: { outcome: 'waiting', failures: 2 }, most: 2 });

    expect(results).toMatchObject([
      { checks: 1, failures: 2 },
      { checks: 2, failures: 2 },
    ]);
  });
});
