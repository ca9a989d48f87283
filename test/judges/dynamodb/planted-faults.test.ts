/** Requests that lack a condition are seen on moto's tables too, so that its tests can fail there. */
import type { PutCommandInput, UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Summary } from '../../../contract/delivery-log-row.ts';
import type { Outcome } from '../../../contract/event/event-names.ts';
import { campaignPartition, FINAL_EVENT_ID, SUMMARY_ID } from '../../../contract/table-names.ts';
import { campaignTableIn } from '../../../lambdas/check-campaign/rows/campaign-table.ts';
import { budgetIn } from '../../../lambdas/check-delivery/budget/budget-table.ts';
import { slotAt } from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { deliveryLogIn } from '../../../lambdas/check-delivery/rows/delivery-log-table.ts';
import { finalEventsIn } from '../../../lambdas/check-delivery/rows/final-event-table.ts';
import { toRows } from '../../../lambdas/check-delivery/rows/to-rows.ts';
import { readDeployment } from '../../../local/aws/deployment.ts';
import { type TableServer, tableServer } from '../../../local/aws/table-server.ts';
import { EMPTY_STATE } from '../../lambdas/budget/empty-state.ts';
import { clientAt } from '../../lambdas/client-at.ts';

const { table, budgetTable } = readDeployment(inject('assembly'), 'DeliveryTracker');
const START = Date.parse('2026-01-01T00:00:00Z');

let server: TableServer;
beforeAll(async () => {
  server = await tableServer(table, budgetTable);
});
afterAll(() => server.close());

it('this is moto', async () => {
  expect((await fetch(server.endpoint, { method: 'POST' })).headers.get('server')).toContain('Werkzeug');
});

type Input = Partial<PutCommandInput & UpdateCommandInput>;
type Change = (input: Input) => void;

/** A client that changes each request before it is sent. */
function clientThat(change: Change) {
  const client = clientAt(server.endpoint);
  client.middlewareStack.add(
    (next) => (args) => {
      change(args.input as Input);
      return next(args);
    },
    { step: 'initialize', priority: 'low' },
  );
  return client;
}

const asItIs: Change = () => {};
const withoutCondition: Change = (input) => {
  const { ConditionExpression: condition } = input;
  // Its names and values must be used.
  if (condition !== undefined) input.ConditionExpression = `attribute_not_exists(nothing) OR (${condition})`;
};

type Client = ReturnType<typeof clientAt>;

/** Lets another check come between this one's reading and its writing. */
function beforeFirstRow(client: Client, act: () => Promise<unknown>): void {
  let isFirst = true;
  client.middlewareStack.add(
    (next) => async (args) => {
      const isRow = 'Item' in args.input;
      if (isRow && isFirst) {
        isFirst = false;
        await act();
      }
      return next(args);
    },
    { step: 'initialize' },
  );
}

const rowsOf = (requestId: string, comments: string, askedAt: number) =>
  toRows(
    [{ _id: 'nl-1', comments }],
    { requestId, streamId: 'st-1' },
    { now: START, askedAt, retentionDays: 90 },
  );

/** What each store says where its requests are as they are, and where a part of them is lost. */
describe.each<[string, Change, (client: Client, id: string) => Promise<unknown>, unknown, unknown]>([
  [
    'an older version of a log that comes after the newer',
    withoutCondition,
    async (client, id) => {
      const save = (as: Client, comments: string, askedAt: number) =>
        deliveryLogIn(as, table.name).saveLogs(
          id,
          rowsOf(id, comments, askedAt),
          new AbortController().signal,
        );
      beforeFirstRow(client, () => save(clientThat(asItIs), 'newer', START + 5_000));
      await save(client, 'older', START);
      return (await server.rowsOf(id)).map(({ log }) => (log as { comments: string }).comments);
    },
    ['newer'],
    ['older'],
  ],
  [
    'a worse summary after a better',
    withoutCondition,
    async (client, requestId) => {
      const log = deliveryLogIn(client, table.name);
      for (const outcome of ['complete', 'failed'] as Outcome[]) {
        const savedAt = new Date(START).toISOString();
        const expiresAt = START / 1000 + 86_400;
        await log.saveSummary({ requestId, logId: SUMMARY_ID, outcome, savedAt, expiresAt } as Summary);
      }
      return (await server.rowsOf(requestId)).map(({ outcome }) => outcome);
    },
    ['complete'],
    ['failed'],
  ],
  [
    'a row of a campaign after that of another execution',
    withoutCondition,
    async (client, campaignId) => {
      const campaigns = campaignTableIn(client, table.name);
      const row = {
        ...({ requestId: campaignPartition(campaignId), logId: SUMMARY_ID, checks: 1 } as const),
        ...{ startedAt: new Date(START).toISOString(), savedAt: new Date(START).toISOString() },
        ...{ counts: { total: 0, delivered: 0, failed: 0 }, expiresAt: START / 1000 + 86_400 },
        notifications: { expected: 1, complete: 0, timedOut: 0, failed: 0, missing: 1, extra: 0 },
      };
      await campaigns.saveRow({ ...row, executionArn: 'arn:first' });
      const isOurs = await campaigns.saveRow({ ...row, executionArn: 'arn:second' });
      return [isOurs, (await campaigns.rowOf(campaignId))?.executionArn];
    },
    [false, 'arn:first'],
    [true, 'arn:second'],
  ],
  [
    'a second end of an execution',
    (input) => {
      const expression = input.UpdateExpression?.replaceAll(/if_not_exists\(#\w+, (:\w+)\)/g, '$1');
      if (expression !== undefined) input.UpdateExpression = expression;
    },
    async (client, requestId) => {
      const events = finalEventsIn(client, table.name);
      const end = { requestId, logId: FINAL_EVENT_ID, detailType: 'x', detail: '{}', expiresAt: 1 } as const;
      await events.record({ ...end, outcome: 'complete' });
      return (await events.record({ ...end, outcome: 'failed' })).outcome;
    },
    'complete',
    'failed',
  ],
  [
    'a call more than a slot has',
    withoutCondition,
    async (client, bot) => {
      const store = budgetIn(client, budgetTable.name, { callsInSlot: 1, callsInSpan: 30, slotsInPart: 60 });
      const call = { slot: slotAt(START), open: 1, isReservation: true, state: EMPTY_STATE, now: START };
      await store.book(bot, call);
      return (await store.book(bot, call)) === 'full';
    },
    true,
    false,
  ],
])('%s', (name, plant, act, right, wrong) => {
  it('is kept out', async () => {
    expect(await act(clientThat(asItIs), `as it is: ${name}`)).toEqual(right);
  });

  it('comes in where the request has lost its condition, and that is seen', async () => {
    expect(await act(clientThat(plant), `planted: ${name}`)).toEqual(wrong);
  });
});
