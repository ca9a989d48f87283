/** What DynamoDB and the storms' memory do alike. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { toRows } from '../../lambdas/check-delivery/delivery-log.ts';
import {
  type DeliveryLog,
  deliveryLogIn,
  SUMMARY_ID,
  type Summary,
} from '../../lambdas/check-delivery/delivery-log-table.ts';
import type { Outcome } from '../../lib/contract.ts';
import { deliveryLogInMemory } from '../../local/aws/delivery-log-in-memory.ts';
import { readDeployment } from '../../local/aws/deployment.ts';
import { type TableServer, tableServer } from '../../local/aws/table-server.ts';

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
}
const STORES: readonly [string, () => Store][] = [
  [
    'DynamoDB',
    () => ({
      ...deliveryLogIn(server.client, table.name),
      summaryOf: async (requestId) =>
        (await server.rowsOf(requestId)).find(({ logId }) => logId === SUMMARY_ID),
    }),
  ],
  [
    'memory',
    () => {
      const store = deliveryLogInMemory();
      return { ...store, summaryOf: async (requestId) => store.summaryOf(requestId) };
    },
  ],
];

let notifications = 0;
const newId = () => {
  notifications += 1;
  return `ds-store-${notifications}`;
};
const anyEntry = fc.record({
  _id: fc.constantFrom('nl-1', 'nl-2', 'nl-3', ''),
  originalId: fc.constantFrom('a@example.com', 'b@example.com'),
  status: fc.constantFrom('SUCCESS', 'FAILURE', 'QUEUED'),
});
const anyAnswers = fc.array(fc.array(anyEntry, { maxLength: 5 }), { minLength: 1, maxLength: 4 });
const anySummaries = fc.array(
  fc.record({
    outcome: fc.constantFrom<Outcome[]>('complete', 'timed-out', 'failed'),
    day: fc.nat(20),
  }),
  { minLength: 1, maxLength: 5 },
);

describe.each(STORES)('in %s', (_, store) => {
  it('a row is there for every log that was ever saved, as it was saved last', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnswers, async (answers) => {
        const [log, requestId] = [store(), newId()];
        const model = new Map<string, unknown>();

        for (const entries of answers) {
          const rows = toRows(entries, { requestId, streamId: 'st-1' }, { now: START, retentionDays: 90 });
          for (const row of rows) model.set(row.logId, row.log);
          const saved = await log.saveLogs(requestId, rows, noHurry());

          expect(new Map(saved.map((row) => [row.logId, row.log]))).toEqual(model);
          expect(saved).toHaveLength(model.size);
        }
      }),
      { numRuns: 25 },
    );
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
