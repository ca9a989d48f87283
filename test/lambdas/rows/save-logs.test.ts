/** What saving asks of a store of rows: the bot of a failure first and once, and no endless rounds. */
import { expect, it } from 'vitest';
import { type Put, type RowStore, saveLogs } from '../../../lambdas/check-delivery/rows/save-logs.ts';
import { toRows } from '../../../lambdas/check-delivery/rows/to-rows.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const NEVER = new AbortController().signal;
const rows = (...statuses: readonly string[]) =>
  toRows(
    statuses.map((status, i) => ({
      _id: `nl-${i}`,
      originalId: `p${i}@example.com`,
      channel: 'ivr',
      status,
    })),
    { requestId: 'ds-1', streamId: 'st-1' },
    { now: START, askedAt: START, retentionDays: 90 },
  );

/** An empty table that answers the puts of each row, counted from 1, as told. */
function storeThat(answer: (put: number) => Put) {
  const asked: string[] = [];
  const puts = new Map<string, number>();
  const store: RowStore = {
    async *rows() {},
    async rememberBot({ logId }) {
      asked.push(`bot of ${logId}`);
    },
    async put({ row }) {
      asked.push(row.logId);
      puts.set(row.logId, (puts.get(row.logId) ?? 0) + 1);
      return answer(puts.get(row.logId) ?? 0);
    },
  };
  return { store, asked };
}

it('keeps the bot of a failure before any row, and once for all rounds', async () => {
  const { store, asked } = storeThat((put) =>
    put === 1 ? { isWritten: false, inTheWay: undefined } : { isWritten: true },
  );

  await saveLogs(rows('SUCCESS', 'FAILURE'), store, NEVER);

  expect(asked[0]).toBe('bot of nl-1');
  expect(asked.filter((one) => one.startsWith('bot'))).toHaveLength(1);
  expect(asked.filter((one) => !one.startsWith('bot')).toSorted()).toEqual(['nl-0', 'nl-0', 'nl-1', 'nl-1']);
});

it('keeps no bot where nobody failed', async () => {
  const { store, asked } = storeThat(() => ({ isWritten: true }));

  await saveLogs(rows('SUCCESS', 'SUCCESS'), store, NEVER);

  expect(asked.toSorted()).toEqual(['nl-0', 'nl-1']);
});

it('gives up a row that is refused again and again', async () => {
  const { store, asked } = storeThat(() => ({ isWritten: false, inTheWay: undefined }));

  await expect(saveLogs(rows('SUCCESS'), store, NEVER)).rejects.toThrow(
    'other checks wrote these rows again and again',
  );
  expect(asked).toHaveLength(10);
});
