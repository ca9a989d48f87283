/** What DynamoDB and the storms' memory do alike. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { DeliveryLogRow, Summary } from '../../../contract/delivery-log-row.ts';
import type { Outcome } from '../../../contract/event/event-names.ts';
import { SUMMARY_ID } from '../../../contract/table-names.ts';
import { type DeliveryLog, deliveryLogIn } from '../../../lambdas/check-delivery/rows/delivery-log-table.ts';
import { tally as tallyOf } from '../../../lambdas/check-delivery/rows/tally.ts';
import { toRows } from '../../../lambdas/check-delivery/rows/to-rows.ts';
import { readDeployment } from '../../../local/aws/deployment.ts';
import { type TableServer, tableServer } from '../../../local/aws/table-server.ts';
import { deliveryLogInMemory } from '../../../testing/in-memory/delivery-log-in-memory.ts';

const { table } = readDeployment(inject('assembly'), 'DeliveryTracker');
const START = Date.parse('2026-01-01T00:00:00Z');
const noHurry = () => new AbortController().signal;

let server: TableServer;
beforeAll(async () => {
  server = await tableServer(table);
});
afterAll(() => server.close());

interface Store extends DeliveryLog {
  summaryOf(requestId: string): Promise<unknown>;
  rowsOf(requestId: string): Promise<readonly DeliveryLogRow[]>;
}
const STORES: readonly [string, () => Store][] = [
  [
    'DynamoDB',
    () => {
      const all = async (requestId: string) =>
        (await server.rowsOf(requestId)) as unknown as readonly DeliveryLogRow[];
      return {
        ...deliveryLogIn(server.client, table.name),
        summaryOf: async (requestId) => (await all(requestId)).find(({ logId }) => logId === SUMMARY_ID),
        rowsOf: async (requestId) => (await all(requestId)).filter(({ logId }) => logId !== SUMMARY_ID),
      };
    },
  ],
  [
    'memory',
    () => {
      const store = deliveryLogInMemory();
      return {
        ...store,
        summaryOf: async (requestId) => store.summaryOf(requestId),
        rowsOf: async (requestId) => store.rowsOf(requestId),
      };
    },
  ],
];

let notifications = 0;
const newId = () => {
  notifications += 1;
  return `ds-store-${notifications}`;
};
/** Logs that share ids, or have none; each differs from all others by its version. */
const anyEntry = fc
  .record({
    _id: fc.constantFrom('nl-1', 'nl-2', 'nl-3', ''),
    originalId: fc.constantFrom('a@example.com', 'b@example.com'),
    channel: fc.constantFrom('ivr', 'sms'),
    status: fc.constantFrom('SUCCESS', 'FAILURE', 'QUEUED'),
  })
  .map((entry) => ({ ...entry, version: newVersion() }));
let versions = 0;
const newVersion = () => {
  versions += 1;
  return versions;
};
/** Logs that may say less than others of the same id: which row is whose can change with each answer. */
const anyPartialEntry = fc
  .record({
    _id: fc.constantFrom('nl-1', 'nl-1', undefined),
    originalId: fc.constantFrom(undefined, 'a@example.com', 'b@example.com'),
    channel: fc.constantFrom(undefined, 'ivr', 'sms'),
  })
  .map((entry): unknown => JSON.parse(JSON.stringify({ ...entry, version: newVersion() })));
const anyPartialAnswer = fc.array(anyPartialEntry, { minLength: 1, maxLength: 3 });
const anyAnswer = fc.array(anyEntry, { maxLength: 5 });
const anyAnswers = fc.array(anyAnswer, { minLength: 1, maxLength: 4 });
const rowsAt = (entries: readonly unknown[], requestId: string, askedAt: number) =>
  toRows(entries, { requestId, streamId: 'st-1' }, { now: START, askedAt, retentionDays: 90 });
const logsByIdentity = (rows: readonly DeliveryLogRow[]) =>
  new Map(rows.map(({ identity, log }) => [identity, log]));
/** Logs that say more or less of whose they are, and whether they failed. */
const anyAnswerOfFew = fc.array(
  fc
    .record({
      _id: fc.constantFrom('nl-1', 'nl-2', undefined),
      originalId: fc.constantFrom(undefined, 'a@example.com', 'b@example.com'),
      channel: fc.constantFrom(undefined, 'ivr'),
      status: fc.constantFrom('SUCCESS', 'QUEUED', 'FAILURE', 'FAILURE'),
    })
    .map((entry): unknown => JSON.parse(JSON.stringify({ ...entry, version: newVersion() }))),
  { maxLength: 4 },
);
const failuresIn = (rows: readonly DeliveryLogRow[]) =>
  rows
    .filter(({ status }) => status === 'FAILURE')
    .map(({ logId }) => logId)
    .sort();
const summaryOfFailed = (requestId: string): Summary => ({
  requestId,
  logId: SUMMARY_ID,
  outcome: 'failed',
  status: 'FAILURE',
  savedAt: new Date(START).toISOString(),
  expiresAt: START / 1000 + 86_400,
});
const anySummaries = fc.array(
  fc.record({
    outcome: fc.constantFrom<Outcome[]>('complete', 'timed-out', 'failed'),
    day: fc.nat(20),
  }),
  { minLength: 1, maxLength: 5 },
);

describe.each(STORES)('in %s', (_, store) => {
  it('a row is there for every log that was ever saved, in its latest version, and never under another key', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnswers, async (answers) => {
        const [log, requestId] = [store(), newId()];
        const model = new Map<string, unknown>();
        const keys = new Map<string | undefined, string>();

        for (const [check, entries] of answers.entries()) {
          const rows = rowsAt(entries, requestId, START + check * 60_000);
          for (const row of rows) model.set(row.identity, row.log);
          const { tally, isWhole } = await log.saveLogs(requestId, rows, noHurry());

          const saved = await log.rowsOf(requestId);
          expect(logsByIdentity(saved)).toEqual(model);
          expect(saved).toHaveLength(model.size);
          expect(tally).toEqual(tallyOf(saved));
          expect(isWhole).toBe(true);
          for (const { identity, logId } of saved) {
            expect(logId).toBe(keys.get(identity) ?? logId);
            keys.set(identity, logId);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('the failures are those rows that say so now, when they are saved and when they are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAnswerOfFew, { minLength: 1, maxLength: 4 }), async (answers) => {
        const [log, requestId] = [store(), newId()];
        await log.saveSummary(summaryOfFailed(requestId));

        for (const [check, entries] of answers.entries()) {
          const rows = rowsAt(entries, requestId, START + check * 60_000);
          const { notReached } = await log.saveLogs(requestId, rows, noHurry(), true);

          const failed = failuresIn(await log.rowsOf(requestId));
          expect(notReached?.toSorted()).toEqual(failed);
          expect((await log.notReached(requestId)).toSorted()).toEqual(failed);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('the failures that a check names after others wrote at the same time are all there are', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnswerOfFew, anyAnswerOfFew, async (one, other) => {
        const [log, requestId] = [store(), newId()];
        const both = [one, other].map((entries, i) => rowsAt(entries, requestId, START + i));
        await Promise.all(both.map((rows) => log.saveLogs(requestId, rows, noHurry(), true)));

        const { notReached } = await log.saveLogs(requestId, [], noHurry(), true);

        expect(notReached?.toSorted()).toEqual(failuresIn(await log.rowsOf(requestId)));
      }),
      { numRuns: 25 },
    );
  });

  it('no failure is named where nobody asks', async () => {
    const [log, requestId] = [store(), newId()];
    const rows = rowsAt([{ _id: 'nl-1', status: 'FAILURE' }], requestId, START);

    expect((await log.saveLogs(requestId, rows, noHurry())).notReached).toBeUndefined();
  });

  it('of two checks at once the one that asked later wins, and no log has two rows', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnswer, anyAnswer, anyAnswer, async (before, older, newer) => {
        const [log, requestId] = [store(), newId()];
        const [first, second, third] = [
          rowsAt(before, requestId, START),
          rowsAt(older, requestId, START + 60_000),
          rowsAt(newer, requestId, START + 65_000),
        ];
        await log.saveLogs(requestId, first, noHurry());

        await Promise.all([third, second].map((rows) => log.saveLogs(requestId, rows, noHurry())));

        const saved = await log.rowsOf(requestId);
        const newest = logsByIdentity([...first, ...second, ...third]);
        expect(logsByIdentity(saved)).toEqual(newest);
        expect(saved).toHaveLength(newest.size);
      }),
      { numRuns: 25 },
    );
  });

  it('each log of an answer is there after it, however little the logs say of whose they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPartialAnswer, { minLength: 3, maxLength: 5 }), async (answers) => {
        const [log, requestId] = [store(), newId()];

        for (const [check, entries] of answers.entries()) {
          const rows = rowsAt(entries, requestId, START + check * 60_000);
          const { tally, isWhole } = await log.saveLogs(requestId, rows, noHurry());

          const saved = await log.rowsOf(requestId);
          const logs = logsByIdentity(saved);
          for (const row of rows) expect(logs.get(row.identity)).toEqual(row.log);
          expect(tally).toEqual(tallyOf(saved));
          expect(isWhole).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('saving comes to an end beside another check, and after it, however little the logs say of whose they are', async () => {
    await fc.assert(
      fc.asyncProperty(anyPartialAnswer, anyPartialAnswer, anyPartialAnswer, async (before, one, other) => {
        const [log, requestId] = [store(), newId()];
        await log.saveLogs(requestId, rowsAt(before, requestId, START), noHurry());

        const both = [one, other].map((entries) => rowsAt(entries, requestId, START + 60_000));
        await Promise.all(both.map((rows) => log.saveLogs(requestId, rows, noHurry())));

        const last = rowsAt(one, requestId, START + 120_000);
        await log.saveLogs(requestId, last, noHurry());

        const logs = (await log.rowsOf(requestId)).map((row) => row.log);
        for (const row of last) expect(logs).toContainEqual(row.log);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['stays against one that asked earlier', 1, 'old', false],
    ['is replaced by one that asked at the same moment', 0, 'new', true],
  ])('a version %s', async (_, earlier, kept, isWhole) => {
    const [log, requestId] = [store(), newId()];
    const version = (comments: string) => [{ _id: 'nl-1', comments }];
    await log.saveLogs(requestId, rowsAt(version('old'), requestId, START), noHurry());

    const saved = await log.saveLogs(
      requestId,
      rowsAt(version('new'), requestId, START - earlier),
      noHurry(),
    );

    expect(saved.isWhole).toBe(isWhole);
    expect(await log.rowsOf(requestId)).toMatchObject([{ log: { comments: kept } }]);
  });

  it('a version asked for later stays, however small the steps back to the others', async () => {
    const [log, requestId] = [store(), newId()];
    for (const later of [3_000, 1_500, 0]) {
      const rows = rowsAt([{ _id: 'nl-1', later }], requestId, START + later);
      await log.saveLogs(requestId, rows, noHurry());
    }

    expect(await log.rowsOf(requestId)).toMatchObject([{ log: { later: 3_000 } }]);
  });

  it('a version that is unchanged keeps the time at which it was asked for', async () => {
    const [log, requestId] = [store(), newId()];
    const entries = [{ _id: 'nl-1' }];
    await log.saveLogs(requestId, rowsAt(entries, requestId, START), noHurry());

    await log.saveLogs(requestId, rowsAt(entries, requestId, START + 60_000), noHurry());

    expect(await log.rowsOf(requestId)).toMatchObject([{ askedAt: START }]);
  });

  it('the summary is the last of those as good as the best, or that found it expired', async () => {
    await fc.assert(
      fc.asyncProperty(anySummaries, async (outcomes) => {
        const [log, requestId] = [store(), newId()];
        const ranking = ['complete', 'timed-out', 'failed'];
        let model: Summary | undefined;

        let now = START;
        for (const { outcome, day } of outcomes) {
          now += day * 86_400_000;
          const summary: Summary = {
            requestId,
            logId: SUMMARY_ID,
            outcome,
            savedAt: new Date(now).toISOString(),
            expiresAt: now / 1000 + 10 * 86_400,
          };
          const kept = model !== undefined && model.expiresAt >= now / 1000;
          const isWorse = ranking.indexOf(outcome) > ranking.indexOf(model?.outcome ?? 'failed');
          if (!kept || !isWorse) model = summary;
          await log.saveSummary(summary);

          expect(await log.summaryOf(requestId)).toEqual(model);
        }
      }),
      { numRuns: 25 },
    );
  });
});
