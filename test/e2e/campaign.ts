/** A campaign of 50 notifications in a deployment, with everything that can become of one. */
import assert from 'node:assert/strict';
import type { Fields } from './account.ts';
import {
  course,
  oneInEight,
  RECIPIENTS,
  type Scenario,
  STREAM_ID,
  send,
  until,
  type World,
} from './scenarios.ts';

const CAMPAIGN_ID = 'campaign-of-50';
const NOTIFICATIONS = 50;
/** The campaign ends when this has passed twice: later than each of its trackings, which the emulator may hold up for twice 45 s. */
const DEADLINE_SECONDS = 65;
const DAY = 86_400;
/** Functions of the example wait for their turn in the emulator. */
const FALL_BACK_SECONDS = 90;

const STOPPED = id(46);
const TIMED_OUT = id(47);
const NEVER_STARTED = id(49);

export const CAMPAIGN: Scenario = {
  name: 'a campaign of 50: some recipients failed, one notification stopped, one timed out, one never started',
  async run(world) {
    const { account } = world;
    const executionArn = await account.startCampaign({
      campaignId: CAMPAIGN_ID,
      notifications: NOTIFICATIONS,
      deadlineSeconds: DEADLINE_SECONDS,
    });

    const arns = await startTrackings(world);
    await until(async () => (await account.logs(STOPPED)).length > 0);
    await account.stop(arns.get(STOPPED) ?? '');

    const event = await account.finalEvent(CAMPAIGN_ID);
    const { metadata, data } = event.detail;
    assert.equal(event['detail-type'], 'Campaign Delivery Timed Out');
    assert.equal(metadata.id, executionArn);
    assert.equal(data.error.code, 'DEADLINE_PASSED');
    // First, since it names the notification that ended in another way.
    assert.deepEqual(await outcomes(world), expectedOutcomes());
    assert.deepEqual(data.notifications, {
      ...{ expected: NOTIFICATIONS, complete: 47, timedOut: 1, failed: 1 },
      ...{ missing: 1, extra: 0 },
    });
    assert.ok(!JSON.stringify(event).includes('@'));
    const { notifications, counts, outcome } = (await account.campaign(CAMPAIGN_ID)) ?? {};
    assert.deepEqual(
      { notifications, counts, outcome },
      { notifications: data.notifications, counts: data.counts, outcome: 'timed-out' },
    );
    assert.deepEqual(data.counts, await countsOfSummaries(world));
    await assertFailuresAnnounced(world);
    assert.equal(account.eventsOf(CAMPAIGN_ID).length, 1);
  },
};

async function startTrackings(world: World): Promise<ReadonlyMap<string, string>> {
  const ids = allIds().filter((requestId) => requestId !== NEVER_STARTED);
  const arns = new Map<string, string>();
  for (const requestId of ids) {
    const isEndless = requestId === TIMED_OUT || requestId === STOPPED;
    send(
      world,
      requestId,
      isEndless ? course({ durationSeconds: DAY }) : course({ fails: oneInEight }),
      isEndless ? 24_000 : RECIPIENTS,
    );
    const input = { requestId, streamId: STREAM_ID, recipients: RECIPIENTS, campaignId: CAMPAIGN_ID };
    arns.set(requestId, (await world.account.start(requestId, input)).executionArn);
  }
  return arns;
}

async function outcomes({ account }: World): Promise<Map<string, unknown>> {
  const summaryOf = async (requestId: string) => {
    const { outcome, error } = (await account.summary(requestId)) ?? {};
    return [requestId, outcome === 'complete' ? outcome : { outcome, error: error?.code }] as const;
  };
  return new Map(await Promise.all(allIds().map(summaryOf)));
}

function expectedOutcomes(): Map<string, unknown> {
  return new Map<string, unknown>([
    ...allIds().map((requestId) => [requestId, 'complete'] as const),
    [STOPPED, { outcome: 'failed', error: 'TRACKING_INTERRUPTED' }],
    [TIMED_OUT, { outcome: 'timed-out', error: 'DEADLINE_PASSED' }],
    [NEVER_STARTED, { outcome: undefined, error: undefined }],
  ]);
}

async function countsOfSummaries({ account }: World): Promise<object> {
  const summaries = await Promise.all(allIds().map((requestId) => account.summary(requestId)));
  const sum = (field: string) =>
    summaries.reduce((total, summary) => total + (summary?.counts?.[field] ?? 0), 0);
  return { total: sum('total'), delivered: sum('delivered'), failed: sum('failed') };
}

/** The events named each failed row, and the example has fallen back once for each. */
async function assertFailuresAnnounced({ account, outputs }: World): Promise<void> {
  const failed: Fields[] = [];
  for (const requestId of allIds()) {
    const rows = (await account.logs(requestId)).filter(({ status }) => status === 'FAILURE');
    const announced = account.announcements(requestId).flatMap(({ detail }) => detail.data.logIds);
    assert.deepEqual(announced.sort(), rows.map(({ logId }) => logId).sort());
    failed.push(...rows);
  }
  assert.equal(failed.length, 47 * 3);
  const nameOf = ({ requestId, recipient }: Fields) => `${requestId} ${recipient}`;
  const fellBack: Fields[] = [];
  const queue = outputs.Campaign?.SmsQueueUrl ?? '';
  await until(
    async () => fellBack.push(...(await account.take(queue, CAMPAIGN_ID))) >= failed.length,
    FALL_BACK_SECONDS,
  ).catch(() => undefined);
  assert.deepEqual(fellBack.map(nameOf).sort(), failed.map(nameOf).sort());
}

function id(index: number): string {
  return `ds-${CAMPAIGN_ID}-${index}`;
}

function allIds(): string[] {
  return Array.from({ length: NOTIFICATIONS }, (_, index) => id(index));
}
