/** Final events of notifications of every shape that docs/events.md allows, and of others, and who hears of them. */
import {
  campaignArn,
  enveloped,
  executionArn,
  type JudgedEvent,
  type Listener,
  OTHERS,
  type TrackerFacts,
} from './judged-event.ts';

const COMPLETE = 'Notification Delivery Complete';
const TIMED_OUT = 'Notification Delivery Timed Out';
const FAILED = 'Notification Tracking Failed';

/** By who hears of all of them. */
const ALL: readonly Listener[] = [
  'every event of the tracker',
  'client: all trackers',
  'client: one tracker',
];
const HEARD_OF_FAILURE: readonly Listener[] = [
  ...ALL,
  'complete',
  'not all reached',
  'client: not all reached',
  'client: status FAILURE',
];

/** Who hears of it, for each detail type and status. */
const HEARD: readonly [
  detailType: string,
  status: string | null | undefined,
  heardBy: readonly Listener[],
][] = [
  [COMPLETE, 'SUCCESS', [...ALL, 'complete']],
  [COMPLETE, 'PARTIAL_SUCCESS', [...ALL, 'complete', 'not all reached', 'client: not all reached']],
  [COMPLETE, 'FAILURE', HEARD_OF_FAILURE],
  [COMPLETE, 'CANCELLED', [...ALL, 'complete']],
  [COMPLETE, 'failure', [...ALL, 'complete']],
  [COMPLETE, null, [...ALL, 'complete']],
  [COMPLETE, undefined, [...ALL, 'complete']],
  [TIMED_OUT, 'IN_PROGRESS', [...ALL, 'timed out']],
  [TIMED_OUT, undefined, [...ALL, 'timed out']],
  [FAILED, 'IN_PROGRESS', [...ALL, 'failed']],
  [FAILED, undefined, [...ALL, 'failed']],
  ['Notification Delivery Paused', undefined, []],
];

const OF_EVERY_SHAPE: readonly JudgedEvent[] = HEARD.map(([detailType, status, heardBy]) => ({
  name: `${detailType}, status ${status === undefined ? 'absent' : JSON.stringify(status)}`,
  event: (tracker) => finalEvent(tracker, { detailType, data: { status } }),
  heardBy,
}));

const FAILURE = { detailType: COMPLETE, data: { status: 'FAILURE' } };
const OF_ANOTHER_TRACKER: readonly Listener[] = ['client: all trackers', 'client: status FAILURE'];

const ODD: readonly JudgedEvent[] = [
  {
    name: 'of a second attempt',
    event: (tracker) => finalEvent(tracker, { ...FAILURE, id: executionArn(tracker, 'ds-1.2') }),
    heardBy: HEARD_OF_FAILURE,
  },
  {
    name: 'with the least that a failed tracking says',
    event: (tracker) =>
      enveloped(tracker.source, FAILED, [], {
        metadata: { id: executionArn(tracker), version: '1' },
        data: { requestId: 'ds-1', error: { code: 'TRACKING_INTERRUPTED', message: 'It was stopped.' } },
      }),
    heardBy: [...ALL, 'failed'],
  },
  {
    name: 'put by Step Functions, which adds two resources',
    event: (tracker) =>
      finalEvent(tracker, { ...FAILURE, resources: [executionArn(tracker), tracker.stateMachineArn] }),
    heardBy: HEARD_OF_FAILURE,
  },
  {
    name: 'with fields that nobody knows yet',
    event: (tracker) =>
      finalEvent(tracker, {
        ...FAILURE,
        metadata: { campaignId: 'c-1', source: 'other' },
        data: { status: 'FAILURE', statuses: ['SUCCESS'], error: null, metadata: { id: 'other' } },
      }),
    heardBy: HEARD_OF_FAILURE,
  },
  ...OTHERS.map(
    ([name, other]): JudgedEvent => ({
      name,
      event: (tracker) => finalEvent(tracker, { ...FAILURE, id: executionArn(other(tracker)) }),
      heardBy: OF_ANOTHER_TRACKER,
    }),
  ),
  {
    name: 'with the id of the execution of a campaign',
    event: (tracker) => finalEvent(tracker, { ...FAILURE, id: campaignArn(tracker) }),
    heardBy: ['every event of the tracker', ...OF_ANOTHER_TRACKER],
  },
  {
    name: 'without metadata',
    event: (tracker) => enveloped(tracker.source, COMPLETE, [], { data: { status: 'FAILURE' } }),
    heardBy: OF_ANOTHER_TRACKER,
  },
  {
    name: 'from another source, with the id of a tracking',
    event: (tracker) => finalEvent({ ...tracker, source: 'acme' }, { ...FAILURE, id: executionArn(tracker) }),
    heardBy: ['client: source acme'],
  },
  {
    name: "from a source that begins with the tracker's",
    event: (tracker) => finalEvent({ ...tracker, source: `${tracker.source}-2` }, FAILURE),
    heardBy: [],
  },
];

export const FINAL_EVENTS: readonly JudgedEvent[] = [...OF_EVERY_SHAPE, ...ODD];

interface Shape {
  readonly detailType: string;
  readonly id?: string;
  readonly resources?: string[];
  readonly metadata?: object;
  readonly data: object;
}

function finalEvent(tracker: TrackerFacts, shape: Shape): object {
  const { detailType, id = executionArn(tracker), resources = [], metadata, data } = shape;
  return enveloped(tracker.source, detailType, resources, {
    metadata: { id, version: '1', timestamp: '2026-11-25T20:14:15.792Z', ...metadata },
    data: {
      requestId: 'ds-1',
      streamId: 'st-1',
      counts: { total: 24, delivered: 21, failed: 3 },
      channels: ['ivr'],
      startedAt: '2026-11-25T20:14:04.748Z',
      completedAt: '2026-11-25T20:14:15.792Z',
      durationSeconds: 11,
      checks: 5,
      deliveryLog: { tableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/log', partitionKey: 'ds-1' },
      ...data,
    },
  });
}
