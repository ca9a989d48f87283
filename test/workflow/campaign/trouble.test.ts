/** Campaigns whose notifications, function, execution or event fail. */
import { describe, expect, it } from 'vitest';
import { campaignFailedSchema } from '../../../contract/campaign/campaign-event.ts';
import type { Execution } from '../../../local/aws/state-machine.ts';
import {
  CAMPAIGN,
  type CampaignWorld,
  campaignWorld,
  failing,
  summaryRow,
  theEventOf,
} from './campaign-harness.ts';

const INPUT = { campaignId: CAMPAIGN, notifications: 2 };
const SHORT = { ...INPUT, deadlineSeconds: 600 };
const ALL = { expected: 2, complete: 1, timedOut: 0, failed: 1, missing: 0, extra: 0 };

describe('a notification whose tracking was stopped', () => {
  it('counts as failed by the summary that the reporter writes', async () => {
    const world = await campaignWorld();
    await world.put(summaryRow('ds-1'));
    const stopped = await world.stopAtOnce('ds-2');
    await world.report(stopped, 'notification', { requestId: 'ds-2', campaignId: CAMPAIGN });

    const { execution, checks } = await world.follow(INPUT);

    expect(checks).toHaveLength(1);
    expect(theEventOf(execution, world).detail.data.notifications).toEqual(ALL);
    expect(await world.summaryOf('ds-2')).toMatchObject({
      campaignId: CAMPAIGN,
      error: { code: 'TRACKING_INTERRUPTED' },
    });
  });

  it('counts by its input where the report did not have it', async () => {
    const world = await campaignWorld();
    await world.put(summaryRow('ds-1'));
    const stopped = await world.stopAtOnce('ds-2');
    // As where the input is too long for the event.
    await world.report(stopped, 'notification');

    const { execution } = await world.follow(SHORT);

    const { detailType, detail } = theEventOf(execution, world);
    expect(detailType).toBe('Campaign Delivery Complete');
    expect(detail.data.notifications).toEqual(ALL);
    expect(await world.summaryOf('ds-2')).toMatchObject({ campaignId: CAMPAIGN });
  });

  it('is found by the sweep before the end where nobody reported it', async () => {
    const world = await campaignWorld();
    await world.put(summaryRow('ds-1'));
    await world.stopAtOnce('ds-2');
    await world.stopAtOnce('ds-of-another', { campaignId: 'autumn' });

    const { execution, checks } = await world.follow(SHORT);

    const { detailType, detail } = theEventOf(execution, world);
    expect(detailType).toBe('Campaign Delivery Complete');
    expect(detail.data.notifications).toEqual(ALL);
    // Five minutes before the last end, at twice the deadline.
    expect(detail.data.durationSeconds).toBeGreaterThanOrEqual(900);
    expect(detail.data.durationSeconds).toBeLessThan(930);
    expect(checks.at(-2)).toMatchObject({ outcome: 'waiting', isSwept: true });
    expect(await world.summaryOf('ds-2')).toMatchObject({
      outcome: 'failed',
      campaignId: CAMPAIGN,
      error: { code: 'TRACKING_INTERRUPTED' },
    });
  });
});

describe('a campaign whose execution is stopped', () => {
  async function stoppedAndReported(input: unknown = INPUT) {
    const world = await campaignWorld();
    await world.put(summaryRow('ds-1'));
    const { execution, end } = await world.follow(INPUT, {
      afterCheck: (check, running) => void (check === 2 && running().stop()),
    });
    const before = await world.row();
    await world.report(execution, 'campaign', input);
    return { world, execution, end, before };
  }

  it.each([
    ['with its input', INPUT],
    ['without its input', undefined],
  ])('has the event of the reporter, %s', async (_, input) => {
    const { world, execution, end } = await stoppedAndReported(input);

    const { detailType, detail } = theEventOf(execution, world);
    expect(end.status).toBe('ABORTED');
    expect(detailType).toBe('Campaign Tracking Failed');
    expect(campaignFailedSchema.parse(detail)).toEqual(detail);
    expect(detail.data).toMatchObject({ campaignId: CAMPAIGN, error: { code: 'TRACKING_INTERRUPTED' } });
  });

  it('has a row that says so, and keeps how far it was', async () => {
    const { world, execution, before } = await stoppedAndReported();

    const row = await world.row();

    expect(before).toMatchObject({ checks: 2, notifications: { expected: 2, complete: 1, missing: 1 } });
    expect(before).not.toHaveProperty('outcome');
    expect(row).toEqual({
      ...before,
      outcome: 'failed',
      executionArn: execution.arn,
      error: theEventOf(execution, world).detail.data.error,
      completedAt: expect.any(String),
      savedAt: row?.completedAt,
      expiresAt: expect.any(Number),
    });
  });

  it('goes by the end that its last check had recorded', async () => {
    const world = await campaignWorld();
    await world.put(summaryRow('ds-1'), summaryRow('ds-2'));
    const { execution } = await world.follow(INPUT);
    const row = await world.row();

    // As where it was stopped between the check and the publication.
    await world.report(execution, 'campaign', INPUT);

    expect(world.eventsOf(execution)).toHaveLength(2);
    expect(theEventOf(execution, world).detailType).toBe('Campaign Delivery Complete');
    expect(await world.row()).toEqual(row);
  });

  it('leaves the row of another campaign alone that has its name', async () => {
    const world = await campaignWorld();
    await world.put(summaryRow('ds-1'));
    let again: Execution | undefined;
    await world.follow(INPUT, {
      afterCheck(check, running) {
        if (check === 1) {
          again = world.aws.trackCampaign({ name: 'again', input: INPUT });
          again.stop();
        }
        if (check === 2) running().stop();
      },
    });
    const before = await world.row();

    await world.report(again as Execution, 'campaign', INPUT);

    expect(theEventOf(again as Execution, world).detail.data.campaignId).toBe(CAMPAIGN);
    expect(await world.row()).toEqual(before);
  });
});

describe('a function that fails', () => {
  it('for a while delays a campaign and does not end it', async () => {
    const faults = failing('campaign function', (arrival) => (arrival <= 6 ? 'throttle' : undefined));
    const world = await campaignWorld({ faults });
    await world.put(summaryRow('ds-1'), summaryRow('ds-2'));

    const { execution, end, checks } = await world.follow(INPUT);

    expect(end.errors).toEqual(Array(6).fill('Lambda.TooManyRequestsException'));
    expect(checks).toHaveLength(1);
    expect(theEventOf(execution, world).detailType).toBe('Campaign Delivery Complete');
    expect(await world.row()).toMatchObject({ outcome: 'complete', checks: 1 });
  });

  it('in the middle of a campaign goes on from what was known', async () => {
    const faults = failing('campaign function', (arrival) =>
      [2, 3].includes(arrival) ? 'error' : undefined,
    );
    const world = await campaignWorld({ faults });
    await world.put(summaryRow('ds-1'));

    const { execution, checks } = await world.follow(INPUT, {
      afterCheck: (check) => void (check === 2 && world.put(summaryRow('ds-2'))),
    });

    expect(checks.slice(0, 2)).toMatchObject([{ checks: 1 }, { checks: 2, failures: 2 }]);
    expect(theEventOf(execution, world).detailType).toBe('Campaign Delivery Complete');
  });

  it.each([
    ['from its first check', 1, 0],
    ['from its second check', 2, 1],
  ])(
    '%s until after the deadline ends a campaign once, and its row keeps the numbers',
    async (_, from, ended) => {
      const faults = failing('campaign function', (arrival) => (arrival >= from ? 'error' : undefined));
      const world = await campaignWorld({ faults });
      await world.put(summaryRow('ds-1'));

      const { execution, end } = await world.follow(SHORT);

      const { detailType, detail } = theEventOf(execution, world);
      expect(end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
      expect(world.eventsOf(execution)).toHaveLength(1);
      expect(detailType).toBe('Campaign Tracking Failed');
      expect(campaignFailedSchema.parse(detail)).toEqual(detail);
      expect(detail.data).toMatchObject({ campaignId: CAMPAIGN, error: { code: 'UNEXPECTED_ERROR' } });
      const row = await world.row();
      expect(row).toMatchObject({ outcome: 'failed', error: { code: 'UNEXPECTED_ERROR' } });
      expect(row?.notifications?.complete ?? 0).toBe(ended);
      // The last end, and the time in which trouble may pass.
      const seconds = (Date.parse(row?.completedAt) - Date.now()) / 1000;
      expect(seconds).toBeGreaterThan(1_450);
      expect(seconds).toBeLessThan(1_560);
    },
  );
});

describe('an end that was recorded', () => {
  const worldWith = async (faults: ReturnType<typeof failing>): Promise<CampaignWorld> => {
    const world = await campaignWorld({ faults });
    await world.put(summaryRow('ds-1'), summaryRow('ds-2'));
    return world;
  };
  const recordedBy = async (world: CampaignWorld, execution: Execution) =>
    JSON.parse((await world.finalEventOf(execution))?.detail);

  it('is the same byte for byte however often it is published', async () => {
    const world = await worldWith(
      failing('final event', (arrival) => (arrival <= 66 ? 'answer lost' : undefined)),
    );

    const { execution, end } = await world.follow(INPUT);
    await world.report(execution, 'campaign', INPUT);

    expect(end).toMatchObject({ status: 'FAILED', error: 'EventBridge.SdkClientException' });
    expect(world.eventsOf(execution)).toHaveLength(67);
    expect(theEventOf(execution, world).detail).toEqual(await recordedBy(world, execution));
  });

  it('goes out where the answer of its check was lost, and a notification more has ended since', async () => {
    const world = await worldWith(
      failing('campaign function', (arrival) => (arrival === 1 ? 'answer lost' : undefined)),
    );
    world.aws.onTableRequest((operation) => {
      if (operation === 'UpdateItem') void world.put(summaryRow('ds-3'));
    });

    const { execution, checks } = await world.follow(INPUT);

    expect(checks).toHaveLength(1);
    expect(theEventOf(execution, world).detail).toEqual(await recordedBy(world, execution));
    expect(theEventOf(execution, world).detail.data.notifications).toMatchObject({ complete: 2, extra: 0 });
    expect(await world.row()).toMatchObject({
      outcome: 'complete',
      notifications: { complete: 2, extra: 0 },
    });
  });

  it('goes out where the function then fails to the last', async () => {
    const world = await worldWith(
      failing('campaign function', (arrival) => (arrival === 1 ? 'answer lost' : 'error')),
    );

    const { execution, end } = await world.follow(SHORT);

    expect(end).toMatchObject({
      status: 'SUCCEEDED',
      output: { outcome: 'complete', notifications: { complete: 2 }, counts: { total: 4 } },
    });
    expect(theEventOf(execution, world).detail).toEqual(await recordedBy(world, execution));
    expect(await world.row()).toMatchObject({ outcome: 'complete', checks: 1 });
  });
});
