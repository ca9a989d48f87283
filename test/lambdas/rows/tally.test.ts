import { describe, expect, it } from 'vitest';
import { tally } from '../../../lambdas/check-delivery/rows/tally.ts';
import { toRows } from '../../../lambdas/check-delivery/rows/to-rows.ts';

const saving = { now: Date.parse('2026-05-26T05:53:22.883Z'), askedAt: 0, retentionDays: 90 };
const rowsOf = (...entries: unknown[]) => toRows(entries, { requestId: 'ds-1' }, saving);

describe('the tally', () => {
  it('counts rows by status', () => {
    const rows = rowsOf(
      { _id: 'a', status: 'SUCCESS' },
      { _id: 'b', status: 'SUCCESS' },
      { _id: 'c', status: 'FAILURE' },
      { _id: 'd', status: 'QUEUED' },
      { _id: 'e' },
    );
    expect(tally(rows).counts).toEqual({ total: 5, delivered: 2, failed: 1 });
  });

  it('is zero without rows', () => {
    expect(tally([])).toEqual({ counts: { total: 0, delivered: 0, failed: 0 }, channels: [] });
  });

  it('has the latest time that Kore gave, wherever it stands', () => {
    const times = ['2025-05-26T05:00:00.000Z', '2025-05-26T07:00:00.000Z', '2025-05-26T06:00:00.000Z'];
    const rows = rowsOf(...times.map((createdOn) => ({ createdOn })));

    expect(tally(rows).latestLogAt).toBe('2025-05-26T07:00:00.000Z');
  });

  it('does not take the time of saving for one of Kore’s', () => {
    const times = ['2025-05-26T05:00:00.000Z', 'yesterday'];

    expect(tally(rowsOf(...times.map((createdOn) => ({ createdOn })))).latestLogAt).toBe(times[0]);
    expect(tally(rowsOf({ createdOn: 'yesterday' })).latestLogAt).toBeUndefined();
  });

  it('names each channel once, sorted', () => {
    const rows = rowsOf({ channel: 'ivr', n: 1 }, { channel: 'hangoutchat' }, { channel: 'ivr', n: 2 });
    expect(tally(rows).channels).toEqual(['hangoutchat', 'ivr']);
  });

  it.each([' IVR', 'MS-Teams', 'ms_teams', 'Google Chat'])(
    'names channel %j as Kore’s docs do',
    (channel) => {
      expect(['ivr', 'msteams', 'googlechat']).toContain(tally(rowsOf({ channel })).channels[0]);
    },
  );

  it.each(['john.doe@example.com', '+4917112345678', 'john_doe', 'E4711', 'constructor'])(
    'calls channel %j other, for it is not listed',
    (channel) => {
      expect(tally(rowsOf({ channel })).channels).toEqual(['other']);
    },
  );

  it.each(['', '  ', 7, null, {}])('names no channel where Kore sent %j', (channel) => {
    expect(tally(rowsOf({ channel })).channels).toEqual([]);
  });

  it('names all that are not listed once', () => {
    const rows = rowsOf({ channel: 'jane' }, { channel: 'slack' }, { channel: 'john' });
    expect(tally(rows).channels).toEqual(['other', 'slack']);
  });
});
