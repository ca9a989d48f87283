/** Events that announce failures while the delivery goes on, of every shape that docs/events.md allows, and of others. */
import {
  campaignArn,
  enveloped,
  executionArn,
  type JudgedEvent,
  type Listener,
  OTHERS,
  type TrackerFacts,
} from './judged-event.ts';

const NOT_REACHED = 'Notification Recipients Not Reached';

const HEARD: readonly Listener[] = [
  'every event of the tracker',
  'recipients not reached',
  'client: recipients not reached, all trackers',
  'client: recipients not reached, one tracker',
];
const OF_ANOTHER_TRACKER: readonly Listener[] = ['client: recipients not reached, all trackers'];

export const ANNOUNCEMENTS: readonly JudgedEvent[] = [
  {
    name: NOT_REACHED,
    event: (tracker) => announcement(tracker, {}),
    heardBy: HEARD,
  },
  {
    name: 'announcement: of the last check of a second attempt',
    event: (tracker) => announcement(tracker, { id: `${executionArn(tracker, 'ds-1--2')}#1200` }),
    heardBy: HEARD,
  },
  {
    name: 'announcement: that names none',
    event: (tracker) => announcement(tracker, { data: { logIds: [], count: 3_000, more: true } }),
    heardBy: HEARD,
  },
  {
    name: 'announcement: with the status of a delivery, and fields that nobody knows yet',
    event: (tracker) => announcement(tracker, { data: { status: 'FAILURE', error: null } }),
    heardBy: HEARD,
  },
  ...OTHERS.map(
    ([name, other]): JudgedEvent => ({
      name: `announcement: ${name}`,
      event: (tracker) => announcement(tracker, { id: `${executionArn(other(tracker))}#2` }),
      heardBy: OF_ANOTHER_TRACKER,
    }),
  ),
  {
    name: 'announcement: with the id of the execution of a campaign',
    event: (tracker) => announcement(tracker, { id: `${campaignArn(tracker)}#2` }),
    heardBy: ['every event of the tracker', ...OF_ANOTHER_TRACKER],
  },
  {
    name: 'announcement: without metadata',
    event: (tracker) => enveloped(tracker.source, NOT_REACHED, [], { data: { requestId: 'ds-1' } }),
    heardBy: OF_ANOTHER_TRACKER,
  },
  {
    name: 'announcement: from another source, with the id of a tracking',
    event: (tracker) => announcement({ ...tracker, source: 'acme' }, {}),
    heardBy: ['client: recipients not reached, source acme'],
  },
  {
    name: "announcement: from a source that begins with the tracker's",
    event: (tracker) => announcement({ ...tracker, source: `${tracker.source}-2` }, {}),
    heardBy: [],
  },
];

interface Shape {
  readonly id?: string;
  readonly data?: object;
}

function announcement(tracker: TrackerFacts, { id = `${executionArn(tracker)}#2`, data }: Shape): object {
  return enveloped(tracker.source, NOT_REACHED, [executionArn(tracker), tracker.stateMachineArn], {
    metadata: { id, version: '1', timestamp: '2026-11-25T20:14:15.792Z', campaignId: 'spring' },
    data: {
      requestId: 'ds-1',
      streamId: 'st-1',
      logIds: ['nl-736ff917-d836-55b4-9a6b-3dad20c09af3'],
      count: 1,
      more: false,
      deliveryLog: { tableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/log', partitionKey: 'ds-1' },
      ...data,
    },
  });
}
