/** Step Functions' own events on executions, and whether the rule on interrupted trackings hears of them. */
import {
  campaignArn,
  enveloped,
  executionArn,
  type JudgedEvent,
  OTHERS,
  type TrackerFacts,
} from './judged-event.ts';

const DETAIL_TYPE = 'Step Functions Execution Status Change';

/** The errors that an event may have, `undefined` where it has none. */
const ERRORS = [undefined, null, '', 'TrackingFailed', 'EventBridge.SdkClientException', 'States.Runtime'];

/** Whether an execution that ended so left no final event: a column for each of the errors above. */
const INTERRUPTED: Readonly<Record<string, readonly boolean[]>> = {
  RUNNING: [false, false, false, false, false, false],
  SUCCEEDED: [false, false, false, false, false, false],
  PENDING_REDRIVE: [false, false, false, false, false, false],
  FAILED: [true, true, true, false, true, true],
  // Anyone who stops an execution may give any error, and a time-out leaves no time to publish.
  ABORTED: [true, true, true, true, true, true],
  TIMED_OUT: [true, true, true, true, true, true],
};

const heardBy = (isHeard: boolean): JudgedEvent['heardBy'] => (isHeard ? ['interrupted trackings'] : []);

const ENDED_CAMPAIGNS: readonly [status: string, error: string | null, isHeard: boolean][] = [
  ['RUNNING', null, false],
  ['SUCCEEDED', null, false],
  ['FAILED', 'TrackingFailed', false],
  ['FAILED', 'States.Runtime', true],
  ['FAILED', null, true],
  ['ABORTED', 'TrackingFailed', true],
  ['TIMED_OUT', null, true],
];

const OF_CAMPAIGNS: readonly JudgedEvent[] = ENDED_CAMPAIGNS.map(([status, error, isHeard]) => ({
  name: `of a campaign, ${status}, error ${JSON.stringify(error)}`,
  event: (tracker) => statusChange(tracker, { ...ofCampaign(tracker), status, error }),
  heardBy: heardBy(isHeard),
}));

const ENDED: readonly JudgedEvent[] = Object.entries(INTERRUPTED).flatMap(([status, columns]) =>
  columns.map((isHeard, column) => {
    const error = ERRORS[column];
    const word = error === undefined ? 'absent' : JSON.stringify(error);
    return {
      name: `${status}, error ${word}`,
      event: (tracker) => statusChange(tracker, { status, error }),
      heardBy: heardBy(isHeard),
    };
  }),
);

const ABORTED = { status: 'ABORTED' };

const ODD: readonly JudgedEvent[] = [
  {
    name: 'of another state machine',
    event: (tracker) => statusChange({ ...tracker, stateMachineArn: `${ARN}other` }, ABORTED),
    heardBy: heardBy(false),
  },
  ...OTHERS.flatMap(([name, other]): JudgedEvent[] => [
    {
      name: `${name}, ABORTED`,
      event: (tracker) => statusChange(other(tracker), ABORTED),
      heardBy: heardBy(false),
    },
    {
      name: `${name}, ABORTED, of a campaign`,
      event: (tracker) => statusChange(other(tracker), { ...ofCampaign(other(tracker)), ...ABORTED }),
      heardBy: heardBy(false),
    },
  ]),
  {
    name: 'from another source',
    event: (tracker) =>
      enveloped('com.example', DETAIL_TYPE, [executionArn(tracker)], detailOf(tracker, ABORTED)),
    heardBy: heardBy(false),
  },
  {
    name: 'of another detail type',
    event: (tracker) =>
      enveloped('aws.states', 'Step Functions Map Run Status Change', [], detailOf(tracker, ABORTED)),
    heardBy: heardBy(false),
  },
  {
    name: 'without status',
    event: (tracker) => statusChange(tracker, { status: undefined }),
    heardBy: heardBy(false),
  },
  {
    name: 'with fields that nobody knows yet',
    event: (tracker) => statusChange(tracker, { ...ABORTED, priority: 7, tags: [{ status: 'RUNNING' }] }),
    heardBy: heardBy(true),
  },
  {
    name: 'without input, output, cause and dates',
    event: (tracker) =>
      statusChange(tracker, {
        ...ABORTED,
        error: undefined,
        input: undefined,
        inputDetails: undefined,
        output: undefined,
        outputDetails: undefined,
        cause: undefined,
        stopDate: undefined,
      }),
    heardBy: heardBy(true),
  },
  {
    name: 'with a null for all that may be null',
    event: (tracker) =>
      statusChange(tracker, { ...ABORTED, input: null, inputDetails: null, stopDate: null }),
    heardBy: heardBy(true),
  },
  {
    name: 'of an execution that was redriven and failed again',
    event: (tracker) =>
      statusChange(tracker, { status: 'FAILED', error: 'States.Runtime', redriveCount: 1, cause: 'A path' }),
    heardBy: heardBy(true),
  },
];

export const STATUS_CHANGES: readonly JudgedEvent[] = [...ENDED, ...OF_CAMPAIGNS, ...ODD];

const ARN = 'arn:aws:states:us-east-1:123456789012:stateMachine:';

function statusChange(tracker: TrackerFacts, changes: object): object {
  return enveloped('aws.states', DETAIL_TYPE, [executionArn(tracker)], detailOf(tracker, changes));
}

function ofCampaign(tracker: TrackerFacts): object {
  return {
    executionArn: campaignArn(tracker),
    stateMachineArn: tracker.campaignStateMachineArn,
    name: 'spring',
    input: '{"campaignId":"spring","notifications":50}',
  };
}

/** As in AWS docs, Automating Step Functions event delivery with EventBridge. */
function detailOf(tracker: TrackerFacts, changes: object): object {
  return {
    executionArn: executionArn(tracker),
    stateMachineArn: tracker.stateMachineArn,
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
    name: 'ds-1',
    status: 'RUNNING',
    startDate: 1_764_101_655_000,
    stopDate: 1_764_105_255_000,
    input: '{"requestId":"ds-1"}',
    inputDetails: { included: true },
    output: null,
    outputDetails: null,
    error: null,
    cause: null,
    redriveCount: 0,
    redriveDate: null,
    redriveStatus: 'REDRIVABLE',
    redriveStatusReason: null,
    ...changes,
  };
}
