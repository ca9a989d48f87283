/** Checks that are repeated, slow, or meet a table that is away; and ends that others have recorded. */
import { describe, expect, it } from 'vitest';
import { FINAL_EVENT_ID } from '../../../contract/table-names.ts';
import { ObstacleError } from '../../../lambdas/check-delivery/obstacle.ts';
import type { FinalEventRow } from '../../../lambdas/check-delivery/rows/final-event-table.ts';
import { campaignsInMemory } from '../../../testing/in-memory/campaigns-in-memory.ts';
import {
  type Access,
  ARN,
  at,
  DEADLINE,
  followInMemory,
  LAST_END,
  START,
  summary,
} from './campaign-in-memory.ts';

const all = [
  [0, summary('ds-1')],
  [0, summary('ds-2')],
  [0, summary('ds-3')],
] as const;
const recorded = (outcome: FinalEventRow['outcome'], data: object, timestamp?: string): FinalEventRow => ({
  requestId: ARN,
  logId: FINAL_EVENT_ID,
  outcome,
  detailType: 'Campaign Tracking Failed',
  detail: JSON.stringify({
    metadata: { id: ARN, version: '1', timestamp },
    data: { campaignId: 'spring', ...data },
  }),
  expiresAt: START / 1000,
});
const interrupted = { error: { code: 'TRACKING_INTERRUPTED', message: 'Stopped.' } };

describe('a repeated check', () => {
  it('tells the end that the first one recorded, changes nothing and is not measured', async () => {
    const first = await followInMemory({ ends: all });
    const before = await first.campaigns.rowOf('spring');
    const row = first.finalEvents.rowOf(ARN);
    if (row === undefined) throw new Error('no row');

    const second = await followInMemory({ campaigns: first.campaigns, recorded: row, firstAt: 5 });

    expect(second.results).toEqual(first.results);
    expect(second.measured).toEqual([['CampaignsStarted', 1]]);
    const { savedAt: _, expiresAt: __, ...told } = before ?? {};
    expect(await second.campaigns.rowOf('spring')).toMatchObject(told);
  });

  it('that is slow does not put older progress over newer', async () => {
    const { campaigns, rows } = await followInMemory({ most: 4 });
    const [, first] = rows;
    if (first === undefined) throw new Error('no row');

    const isOurs = await campaigns.saveRow(first);

    expect(isOurs).toBe(true);
    expect(await campaigns.rowOf('spring')).toMatchObject({ checks: 4 });
  });

  it('that finds newer progress goes on', async () => {
    const { campaigns } = await followInMemory({ most: 4 });

    const { last } = await followInMemory({ campaigns, most: 1 });

    expect(last).toMatchObject({ outcome: 'waiting', checks: 1 });
    expect(await campaigns.rowOf('spring')).toMatchObject({ checks: 4 });
  });
});

describe('an end that was recorded before', () => {
  it('is told, whatever was counted, and written into the row with what was counted', async () => {
    const { results, measured, campaigns, lines } = await followInMemory({
      ends: all,
      recorded: recorded('failed', interrupted),
    });

    expect(results).toMatchObject([
      { outcome: 'failed', detail: { data: interrupted }, output: { outcome: 'failed' } },
    ]);
    expect(measured).toEqual([['CampaignsStarted', 1]]);
    expect(await campaigns.rowOf('spring')).toMatchObject({
      outcome: 'failed',
      error: { code: 'TRACKING_INTERRUPTED' },
      notifications: { complete: 3 },
    });
    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'the end was recorded before', outcome: 'failed' }),
    );
  });

  it.each([
    ['what its event says', { completedAt: at(20) }, at(30), at(20)],
    ['the time of its event', {}, at(30), at(30)],
    ['when the row is written', {}, undefined, '2026-01-01T00:00:40.000Z'],
  ])('was completed, by the row, at %s', async (_, data, timestamp, completedAt) => {
    const end = recorded('failed', { ...interrupted, ...data }, timestamp);

    const { campaigns } = await followInMemory({ ends: all, recorded: end, firstAt: 40 });

    expect(await campaigns.rowOf('spring')).toMatchObject({ outcome: 'failed', completedAt });
  });

  it('is not told where an earlier execution of this name recorded it', async () => {
    const { last } = await followInMemory({
      ends: all,
      recorded: recorded('failed', { ...interrupted, startedAt: '2025-06-01T00:00:00.000Z' }),
    });

    expect(last).toMatchObject({ outcome: 'complete' });
  });
});

describe('a table that is away', () => {
  it.each<[Access, object]>([
    ['index', { checks: 1, obstacle: 'TABLE_UNREACHABLE' }],
    ['row', { checks: 1, obstacle: 'TABLE_UNREACHABLE' }],
    ['final event', { checks: 1, obstacle: 'TABLE_UNREACHABLE' }],
  ])('and back costs a wait: the %s', async (away, waiting) => {
    const { results, measured } = await followInMemory({
      ends: all,
      fails: (what, time) => what === away && time === 1,
    });

    expect(results).toMatchObject([
      { outcome: 'waiting', nextCheckAt: at(50), ...waiting },
      { outcome: 'complete' },
    ]);
    expect(measured.filter(([name]) => name === 'CampaignsComplete')).toHaveLength(1);
  });

  it('when the end is written into the row costs a wait, and the end is measured once', async () => {
    const { results, measured, campaigns } = await followInMemory({
      ends: all,
      // The claim and the progress come before.
      fails: (what, time) => what === 'row' && time === 3,
    });

    expect(results).toMatchObject([
      { outcome: 'waiting', checks: 1 },
      { outcome: 'complete', detail: { data: { durationSeconds: 0 } } },
    ]);
    expect(measured.filter(([name]) => name === 'CampaignsComplete')).toHaveLength(1);
    expect(await campaigns.rowOf('spring')).toMatchObject({ outcome: 'complete', checks: 2 });
  });

  it('only where rows are read does not hold up an end that has its numbers', async () => {
    const campaigns = campaignsInMemory();
    const rowOf = async () => {
      throw new ObstacleError('TABLE_UNREACHABLE', 'The table is away.');
    };

    const { results } = await followInMemory({ ends: all, campaigns: { ...campaigns, rowOf } });

    expect(results).toMatchObject([{ outcome: 'complete' }]);
    expect(await campaigns.rowOf('spring')).toMatchObject({ outcome: 'complete' });
  });

  it.each<[Access, string]>([
    ['index', 'failed'],
    ['row', 'failed'],
    ['final event', 'complete'],
  ])('holds up the end until five minutes after the last one: the %s', async (away, outcome) => {
    const { times, last } = await followInMemory({ ends: all, fails: (what) => what === away });

    expect(times.at(-1)).toBe(LAST_END + 300);
    expect(last).toMatchObject({ outcome });
  });

  it('leaves the numbers of the last check in the row of a campaign that fails by it', async () => {
    const { last, campaigns } = await followInMemory({
      ends: all.slice(0, 2),
      fails: (what, _, seconds) => what === 'index' && seconds > DEADLINE,
    });

    expect(last).toMatchObject({
      outcome: 'failed',
      detail: { data: { error: { code: 'TABLE_UNREACHABLE', message: 'The table is away.' } } },
    });
    expect(await campaigns.rowOf('spring')).toMatchObject({
      outcome: 'failed',
      notifications: { complete: 2, missing: 1 },
      error: { code: 'TABLE_UNREACHABLE' },
    });
  });
});
