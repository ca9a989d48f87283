/** Whole campaigns, from their start to their one event. */
import { describe, expect, it } from 'vitest';
import {
  campaignCompleteSchema,
  campaignFailedSchema,
  campaignTimedOutSchema,
} from '../../../contract/campaign/campaign-event.ts';
import { entry, type Fields, says } from '../tracking-harness.ts';
import { CAMPAIGN, campaignWorld, koreOf, summaryRow, theEventOf } from './campaign-harness.ts';

const BOTH = [entry(1), entry(2, 'FAILURE')];
const succeeds = (response: Parameters<typeof says>[0]) => says(response, 'PARTIAL_SUCCESS', BOTH);
const none = { complete: 0, timedOut: 0, failed: 0, missing: 0, extra: 0 };

it('completes with notifications that were started before it, with it and after it', async () => {
  const kore = await koreOf({
    'ds-before': (_, response) => succeeds(response),
    'ds-with': (call, response) => (call < 4 ? says(response, 'IN_PROGRESS', BOTH) : succeeds(response)),
    'ds-after': (_, response) => says(response, 'SUCCESS', [entry(3)]),
  });
  const world = await campaignWorld({ kore });
  await world.track('ds-before').ended;

  world.track('ds-with');
  const { end, execution } = await world.follow(
    { campaignId: CAMPAIGN, notifications: 4 },
    {
      afterCheck(check) {
        // Kore does not know this one: it fails after some minutes.
        if (check === 1) world.track('ds-unknown');
        if (check === 3) world.track('ds-after');
      },
    },
  );

  const { detailType, detail } = theEventOf(execution, world);
  const notifications = { ...none, expected: 4, complete: 3, failed: 1 };
  const counts = { total: 5, delivered: 3, failed: 2 };
  expect(detailType).toBe('Campaign Delivery Complete');
  expect(campaignCompleteSchema.parse(detail)).toEqual(detail);
  expect(detail.data).toMatchObject({
    campaignId: CAMPAIGN,
    notifications,
    counts,
    deliveryLog: { indexName: 'summaries-by-campaign' },
  });
  expect(end).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'complete', notifications, counts } });
  expect(await world.row()).toMatchObject({ outcome: 'complete', notifications, counts });
});

it('lets the checks of its notifications read how many they are, of which none warns', async () => {
  const kore = await koreOf({
    'ds-1': (call, response) => (call < 4 ? says(response, 'IN_PROGRESS', BOTH) : succeeds(response)),
  });
  const world = await campaignWorld({ kore });

  await world.follow(
    { campaignId: CAMPAIGN, notifications: 1 },
    { afterCheck: (check) => void (check === 1 && world.track('ds-1')) },
  );

  const lines = world.aws.logLines.map((line) => JSON.parse(line));
  expect(lines).toContainEqual(expect.objectContaining({ message: 'planned', campaignId: CAMPAIGN }));
  expect(lines.filter(({ level }) => level === 'WARN')).toEqual([]);
});

it('detects its end within a minute of the last notification', async () => {
  const kore = await koreOf({ 'ds-1': (_, response) => succeeds(response) });
  const world = await campaignWorld({ kore });

  world.track('ds-1');
  const { execution } = await world.follow({ campaignId: CAMPAIGN, notifications: 1 });

  const { completedAt } = theEventOf(execution, world).detail.data;
  const ended = (await world.summaryOf('ds-1'))?.completedAt;
  expect(Date.parse(completedAt) - Date.parse(ended)).toBeLessThan(60_000);
});

it('times out at its deadline and overtime, where a notification was never started', async () => {
  const kore = await koreOf({ 'ds-1': (_, response) => succeeds(response) });
  const world = await campaignWorld({ kore });

  world.track('ds-1');
  const { end, execution } = await world.follow({
    campaignId: CAMPAIGN,
    notifications: 3,
    deadlineSeconds: 600,
  });

  const { detailType, detail } = theEventOf(execution, world);
  const notifications = { ...none, expected: 3, complete: 1, missing: 2 };
  expect(detailType).toBe('Campaign Delivery Timed Out');
  expect(campaignTimedOutSchema.parse(detail)).toEqual(detail);
  expect(detail.data).toMatchObject({
    notifications,
    counts: { total: 2, delivered: 1, failed: 1 },
    error: { code: 'DEADLINE_PASSED', message: expect.stringContaining('2 of 3') },
  });
  expect(detail.data.durationSeconds).toBeGreaterThanOrEqual(1_200);
  expect(detail.data.durationSeconds).toBeLessThan(1_205);
  expect(end).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'timed-out', notifications } });
  expect(await world.row()).toMatchObject({ outcome: 'timed-out', notifications });
});

it('says how many ended beyond the number announced', async () => {
  const world = await campaignWorld();
  await world.put(...['ds-1', 'ds-2', 'ds-3'].map((id) => summaryRow(id)));

  const { execution, checks } = await world.follow({ campaignId: CAMPAIGN, notifications: 2 });

  expect(checks).toHaveLength(1);
  expect(theEventOf(execution, world)).toMatchObject({
    detailType: 'Campaign Delivery Complete',
    detail: { data: { notifications: { ...none, expected: 2, complete: 3, extra: 1 } } },
  });
});

describe('an id that is used a second time', () => {
  it('is refused, and the first campaign goes on unharmed', async () => {
    const kore = await koreOf({ 'ds-1': (_, response) => succeeds(response) });
    const world = await campaignWorld({ kore });
    const input = { campaignId: CAMPAIGN, notifications: 1 };
    let second: ReturnType<typeof world.follow> | undefined;

    const first = await world.follow(input, {
      afterCheck(check) {
        if (check === 2) second = world.follow({ ...input, notifications: 9 }, { name: 'again' });
        if (check === 3) world.track('ds-1');
      },
    });
    const refused = await second;

    if (refused === undefined) throw new Error('the second was never started');
    const { detailType, detail } = theEventOf(refused.execution, world);
    expect(detailType).toBe('Campaign Tracking Failed');
    expect(campaignFailedSchema.parse(detail)).toEqual(detail);
    expect(detail.data).toMatchObject({ campaignId: CAMPAIGN, error: { code: 'CAMPAIGN_ID_USED' } });
    expect(refused.end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
    expect(theEventOf(first.execution, world).detailType).toBe('Campaign Delivery Complete');
    expect(await world.row()).toMatchObject({
      executionArn: first.execution.arn,
      outcome: 'complete',
      notifications: { expected: 1 },
    });
  });

  it('is refused after the end of the first too, whose row stays as it is', async () => {
    const world = await campaignWorld();
    await world.put(summaryRow('ds-1'));
    const input = { campaignId: CAMPAIGN, notifications: 1 };
    await world.follow(input);
    const row = await world.row();

    const { execution } = await world.follow(input, { name: 'again' });

    expect(theEventOf(execution, world).detail.data.error.code).toBe('CAMPAIGN_ID_USED');
    expect(await world.row()).toEqual(row);
  });
});

it.each<[string, unknown, string]>([
  ['no number', { campaignId: CAMPAIGN }, CAMPAIGN],
  ['no notification', { campaignId: CAMPAIGN, notifications: 0 }, CAMPAIGN],
  [
    'a deadline beyond the retention',
    { campaignId: CAMPAIGN, notifications: 1, deadlineSeconds: 8e6 },
    CAMPAIGN,
  ],
  ['no usable id', { campaignId: 'a b', notifications: 1 }, 'by-hand'],
  ['only a text', 'spring', 'by-hand'],
])('fails at its first check where the input has %s', async (_, input, campaignId) => {
  const world = await campaignWorld();

  const { end, execution, checks } = await world.follow(input, { name: 'by-hand' });

  const { detailType, detail } = theEventOf(execution, world);
  expect(checks).toHaveLength(1);
  expect(end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
  expect(detailType).toBe('Campaign Tracking Failed');
  expect(campaignFailedSchema.parse(detail)).toEqual(detail);
  expect(detail.data).toMatchObject({ campaignId, error: { code: 'INVALID_INPUT' } });
  expect((await world.row())?.outcome).toBe(campaignId === CAMPAIGN ? 'failed' : undefined);
});

it('is over at its end: tracking a notification again changes neither its event nor its row', async () => {
  const kore = await koreOf({
    'ds-1': (call, response) =>
      call === 1 ? says(response, 'SUCCESS', [entry(1)]) : says(response, 'PARTIAL_SUCCESS', BOTH),
  });
  const world = await campaignWorld({ kore });
  world.track('ds-1');
  const { execution } = await world.follow({ campaignId: CAMPAIGN, notifications: 1 });
  const left = async () => [
    world.eventsOf(execution).map((event) => JSON.stringify(event)),
    await world.row(),
    await world.finalEventOf(execution),
  ];
  const before = await left();

  await world.aws.track({
    name: 'ds-1--2',
    input: { requestId: 'ds-1', streamId: 'st-1', campaignId: CAMPAIGN },
  }).ended;

  expect((await world.summaryOf('ds-1'))?.counts).toEqual({ total: 2, delivered: 1, failed: 1 });
  expect(await left()).toEqual(before);
});

it('does not take what an earlier release left without a campaign for its own', async () => {
  const world = await campaignWorld();
  const { campaignId: _, ...summary } = summaryRow('ds-1', { correlationId: CAMPAIGN }) as Fields;
  await world.put(summary);
  await world.stopAtOnce('ds-2', { campaignId: undefined, correlationId: CAMPAIGN });

  const { execution } = await world.follow({ campaignId: CAMPAIGN, notifications: 1, deadlineSeconds: 60 });

  expect(theEventOf(execution, world)).toMatchObject({
    detailType: 'Campaign Delivery Timed Out',
    detail: { data: { notifications: { ...none, expected: 1, missing: 1 } } },
  });
  expect(await world.summaryOf('ds-1')).toEqual(summary);
  expect(await world.summaryOf('ds-2')).toBeUndefined();
});
