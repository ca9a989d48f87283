/** Events that end campaigns, of every shape that docs/events.md allows, and of others, and who hears of them. */
import {
  campaignArn,
  enveloped,
  executionArn,
  type JudgedEvent,
  type Listener,
  OTHERS,
  type TrackerFacts,
} from './judged-event.ts';

const COMPLETE = 'Campaign Delivery Complete';
const TIMED_OUT = 'Campaign Delivery Timed Out';
const FAILED = 'Campaign Tracking Failed';

/** By who hears of all of them. */
const ALL: readonly Listener[] = [
  'every event of the tracker',
  'client: campaigns, all trackers',
  'client: campaigns, one tracker',
];
const HEARD: readonly [detailType: string, heardBy: readonly Listener[]][] = [
  [COMPLETE, [...ALL, 'campaign complete']],
  [TIMED_OUT, [...ALL, 'campaign timed out', 'client: campaigns, not complete']],
  [FAILED, [...ALL, 'campaign failed', 'client: campaigns, not complete']],
  ['Campaign Delivery Paused', []],
];
const OF_COMPLETE = [...ALL, 'campaign complete'] as const;
const OF_ANOTHER_TRACKER: readonly Listener[] = ['client: campaigns, all trackers'];

export const CAMPAIGN_EVENTS: readonly JudgedEvent[] = [
  ...HEARD.map(
    ([detailType, heardBy]): JudgedEvent => ({
      name: detailType,
      event: (tracker) => campaignEvent(tracker, { detailType }),
      heardBy,
    }),
  ),
  {
    name: 'campaign: with the least that a failed one says',
    event: (tracker) =>
      enveloped(tracker.source, FAILED, [], {
        metadata: { id: campaignArn(tracker), version: '1' },
        data: { campaignId: 'spring', error: { code: 'TRACKING_INTERRUPTED', message: 'It was stopped.' } },
      }),
    heardBy: [...ALL, 'campaign failed', 'client: campaigns, not complete'],
  },
  {
    name: 'campaign: put by Step Functions, which adds two resources',
    event: (tracker) =>
      campaignEvent(tracker, { resources: [campaignArn(tracker), tracker.campaignStateMachineArn] }),
    heardBy: OF_COMPLETE,
  },
  {
    name: 'campaign: with the status of a notification, and fields that nobody knows yet',
    event: (tracker) =>
      campaignEvent(tracker, { data: { status: 'FAILURE', requestId: 'ds-1', error: null } }),
    heardBy: OF_COMPLETE,
  },
  ...OTHERS.map(
    ([name, other]): JudgedEvent => ({
      name: `campaign: ${name}`,
      event: (tracker) => campaignEvent(tracker, { id: campaignArn(other(tracker)) }),
      heardBy: OF_ANOTHER_TRACKER,
    }),
  ),
  {
    name: 'campaign: with the id of the execution of a notification',
    event: (tracker) => campaignEvent(tracker, { id: executionArn(tracker) }),
    heardBy: ['every event of the tracker', ...OF_ANOTHER_TRACKER],
  },
  {
    name: 'campaign: without metadata',
    event: (tracker) => enveloped(tracker.source, COMPLETE, [], { data: { campaignId: 'spring' } }),
    heardBy: OF_ANOTHER_TRACKER,
  },
  {
    name: 'campaign: from another source, with the id of a campaign',
    event: (tracker) => campaignEvent({ ...tracker, source: 'acme' }, {}),
    heardBy: ['client: campaigns, source acme'],
  },
  {
    name: "campaign: from a source that begins with the tracker's",
    event: (tracker) => campaignEvent({ ...tracker, source: `${tracker.source}-2` }, {}),
    heardBy: [],
  },
];

interface Shape {
  readonly detailType?: string;
  readonly id?: string;
  readonly resources?: string[];
  readonly data?: object;
}

function campaignEvent(tracker: TrackerFacts, shape: Shape): object {
  const { detailType = COMPLETE, id = campaignArn(tracker), resources = [], data } = shape;
  return enveloped(tracker.source, detailType, resources, {
    metadata: { id, version: '1', timestamp: '2026-11-25T20:14:15.792Z' },
    data: {
      campaignId: 'spring',
      notifications: { expected: 50, complete: 50, timedOut: 0, failed: 0, missing: 0, extra: 0 },
      counts: { total: 1_200, delivered: 1_100, failed: 100 },
      startedAt: '2026-11-25T20:14:04.748Z',
      completedAt: '2026-11-25T20:14:15.792Z',
      durationSeconds: 11,
      deliveryLog: {
        tableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/log',
        indexName: 'summaries-by-campaign',
      },
      ...data,
    },
  });
}
