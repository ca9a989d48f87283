/** What DynamoDB and the campaigns' memory do alike. */

import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Outcome } from '../../../contract/event/event-names.ts';
import { campaignPartition, SUMMARY_ID } from '../../../contract/table-names.ts';
import type { WrittenRow } from '../../../lambdas/check-campaign/rows/campaign-table.ts';
import { type CampaignTable, campaignTableIn } from '../../../lambdas/check-campaign/rows/campaign-table.ts';
import { addUp, requestIdsIn } from '../../../lambdas/check-campaign/totals.ts';
import { type DeliveryLog, deliveryLogIn } from '../../../lambdas/check-delivery/rows/delivery-log-table.ts';
import { readDeployment } from '../../../local/aws/deployment.ts';
import { type TableServer, tableServer } from '../../../local/aws/table-server.ts';
import { campaignsInMemory } from '../../../testing/in-memory/campaigns-in-memory.ts';
import { clientAt } from '../client-at.ts';
import { START, summary } from './campaign-in-memory.ts';

const { table } = readDeployment(inject('assembly'), 'DeliveryTracker');
const noHurry = () => new AbortController().signal;

let server: TableServer;
beforeAll(async () => {
  server = await tableServer(table);
});
afterAll(() => server.close());

const STORES: readonly [string, () => CampaignTable & Pick<DeliveryLog, 'saveSummary'>][] = [
  [
    'DynamoDB',
    () => ({ ...campaignTableIn(server.client, table.name), ...deliveryLogIn(server.client, table.name) }),
  ],
  ['memory', campaignsInMemory],
];

let campaigns = 0;
const newId = () => {
  campaigns += 1;
  return `campaign-${campaigns}`;
};
/** @param day after the start at which it is saved. */
const rowOf = (campaignId: string, more: Partial<WrittenRow> = {}, day = 0): WrittenRow => ({
  requestId: campaignPartition(campaignId),
  logId: SUMMARY_ID,
  executionArn: 'arn:ours',
  startedAt: '2026-01-01T00:00:00.000Z',
  notifications: { expected: 3, complete: 0, timedOut: 0, failed: 0, missing: 3, extra: 0 },
  counts: { total: 0, delivered: 0, failed: 0 },
  checks: 1,
  savedAt: new Date(START + day * 86_400_000).toISOString(),
  expiresAt: START / 1000 + (day + 10) * 86_400,
  ...more,
});
const anyWrites = fc.array(
  fc.record({
    executionArn: fc.constantFrom('arn:ours', 'arn:ours', 'arn:ours', 'arn:other'),
    startedAt: fc.constantFrom(
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00.000Z',
      '2026-06-01T00:00:00.000Z',
    ),
    expected: fc.constantFrom(3, 3, 4),
    checks: fc.nat(3),
    outcome: fc.option(fc.constantFrom<Outcome[]>('complete', 'failed'), { nil: undefined }),
    days: fc.constantFrom(0, 0, 1, 11),
  }),
  { minLength: 1, maxLength: 8 },
);

describe.each(STORES)('in %s', (name, store) => {
  it('the row is the newest of the execution that had it first, until its end or its expiry', async () => {
    await fc.assert(
      fc.asyncProperty(anyWrites, async (writes) => {
        const [stored, id] = [store(), newId()];
        let model: WrittenRow | undefined;
        let day = 0;
        for (const { executionArn, startedAt, expected, checks, outcome, days } of writes) {
          day += days;
          const notifications = { ...rowOf(id).notifications, expected };
          const ended = outcome === undefined ? {} : { outcome };
          const row = rowOf(id, { executionArn, startedAt, notifications, checks, ...ended }, day);
          const there =
            model !== undefined && model.expiresAt >= START / 1000 + day * 86_400 ? model : undefined;
          const isOurs = !there || (there.executionArn === executionArn && there.startedAt === startedAt);
          const isOlder =
            there !== undefined && (there.checks > checks || there.notifications.expected !== expected);
          const isAfterEnd = there?.outcome !== undefined && there.outcome !== outcome;
          if (isOurs && !isOlder && !isAfterEnd) model = row;

          expect(await stored.saveRow(row)).toBe(isOurs);
          expect(await stored.rowOf(id)).toEqual(model);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('an end that the state machine wrote before any numbers stays, and is that of its execution', async () => {
    const [stored, id] = [store(), newId()];
    const { notifications: _, counts: __, checks: ___, ...bare } = rowOf(id, { outcome: 'failed' });
    if (name === 'memory') await stored.saveRow(bare as WrittenRow);
    else await server.client.send(new PutCommand({ TableName: table.name, Item: bare }));

    expect(await stored.saveRow(rowOf(id, { outcome: 'failed' }))).toBe(true);
    expect(await stored.saveRow(rowOf(id, { executionArn: 'arn:other' }))).toBe(false);
    expect(await stored.rowOf(id)).toEqual(bare);
  });

  it('there is no row of a campaign that nobody follows', async () => {
    expect(await store().rowOf(newId())).toBeUndefined();
  });

  it('the summaries are those of the campaign alone, and not its own row', async () => {
    const [stored, campaignId] = [store(), newId()];
    await stored.saveRow(rowOf(campaignId));
    const given = { campaignId, completedAt: '2026-01-01T00:01:00.000Z' };
    await stored.saveSummary(summary(`${campaignId}-1`, 'complete', given));
    await stored.saveSummary(summary(`${campaignId}-2`, 'failed', { campaignId, counts: undefined }));
    await stored.saveSummary(summary(`${campaignId}-3`, 'complete', { campaignId: `${campaignId}-other` }));
    await stored.saveSummary(summary(`${campaignId}-4`, 'complete', { campaignId: undefined }));

    const totals = await addUp(stored.summariesOf(campaignId, noHurry()), START);
    const ids = await requestIdsIn(stored.summariesOf(campaignId, noHurry()), START);

    expect(totals).toEqual({
      ended: { complete: 1, 'timed-out': 0, failed: 1 },
      counts: { total: 10, delivered: 8, failed: 2 },
      latestEndAt: START + 60_000,
      unknown: 0,
    });
    expect([...ids].toSorted()).toEqual([`${campaignId}-1`, `${campaignId}-2`]);
  });
});

describe('in DynamoDB alone', () => {
  const ours = () => campaignTableIn(server.client, table.name);
  /** Takes no write, and gives this row. */
  const refusing = (error: Error, there?: WrittenRow) => {
    const send = async (command: object) => {
      if (command instanceof PutCommand) throw error;
      return { Item: there };
    };
    return campaignTableIn({ send } as never, table.name);
  };

  it('all pages of a large campaign are read', async () => {
    const campaignId = newId();
    const log = deliveryLogIn(server.client, table.name);
    // As much as no page takes.
    const long = { campaignId, completedAt: 'x'.repeat(150_000) };
    for (let i = 0; i < 10; i += 1) await log.saveSummary(summary(`${campaignId}-${i}`, 'complete', long));

    const pages = [];
    for await (const page of ours().summariesOf(campaignId, noHurry())) pages.push(page.length);

    expect(pages.length).toBeGreaterThan(1);
    expect(pages.reduce((sum, page) => sum + page)).toBe(10);
  });

  it('a row that the state machine wrote in the function’s place is of this execution, and stays', async () => {
    const id = newId();
    const key = { requestId: campaignPartition(id), logId: SUMMARY_ID };
    const item = { ...key, outcome: 'failed', executionArn: 'arn:ours', expiresAt: START / 1000 + 1 };
    await server.client.send(new PutCommand({ TableName: table.name, Item: item }));

    expect(await ours().saveRow(rowOf(id))).toBe(true);
    expect(await ours().saveRow(rowOf(id, { executionArn: 'arn:other' }))).toBe(false);

    const { Item } = await server.client.send(new GetCommand({ TableName: table.name, Key: key }));
    expect(Item).toEqual(item);
  });

  it('a row that goes while it is asked for is of nobody else', async () => {
    const refused = Object.assign(new Error('No.'), { name: 'ConditionalCheckFailedException' });

    expect(await refusing(refused).saveRow(rowOf('spring'))).toBe(true);
  });

  it.each([
    ['summaries are read', (away: CampaignTable) => addUp(away.summariesOf('spring', noHurry()), START)],
    ['a row is written', (away: CampaignTable) => away.saveRow(rowOf('spring'))],
    ['a row is read', (away: CampaignTable) => away.rowOf('spring')],
  ])('a table that is away is an obstacle where %s', async (_, access) => {
    const away = campaignTableIn(clientAt('http://127.0.0.1:1'), table.name);

    await expect(access(away)).rejects.toMatchObject({ obstacle: { code: 'TABLE_UNREACHABLE' } });
  });

  it('a write that failed is an obstacle, also where the row can be read then', async () => {
    const writing = refusing(new Error('The table is away.'), rowOf('spring')).saveRow(rowOf('spring'));

    await expect(writing).rejects.toMatchObject({ obstacle: { code: 'TABLE_UNREACHABLE' } });
  });

  it('time that is up is an obstacle too', async () => {
    const reading = addUp(ours().summariesOf('spring', AbortSignal.abort()), START);

    await expect(reading).rejects.toMatchObject({ obstacle: { code: 'TABLE_UNREACHABLE' } });
  });
});
