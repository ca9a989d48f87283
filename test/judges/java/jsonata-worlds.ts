/** Inputs and contexts in which states in JSONata are judged. */
import { WAITING_STATE } from '../../waiting-state.ts';

/** As a template has it that is resolved on this machine. */
const CAMPAIGN_STATE_MACHINE =
  'arn:aws:states:us-east-1:000000000000:stateMachine:TrackerCampaignsCampaignStateMachine43038274';

const INPUTS: readonly unknown[] = [
  { requestId: 'ds-1', streamId: 'st-1', recipients: 24, correlationId: 'c-1' },
  { requestId: 'ds-1', streamId: 'st-1', others: [{ requestId: 'ds-2' }] },
  { requestId: 'ds-1--2' },
  { requestId: 'ds-1\n' },
  { requestId: ['ds-1'] },
  { requestId: { $eq: 1 } },
  { requestId: null, streamId: 7, recipients: 'many' },
  { outcome: 'waiting', request: { requestId: 'ds-2' }, failures: 3, nextCheckAt: 'soon' },
  {},
  [],
  ['ds-1'],
  [{ requestId: 'ds-1' }, { requestId: 'ds-2' }],
  'ds-1',
  '',
  7,
  null,
  true,
  { 'odd names': { '$states.context': 1 }, "it's": '{% 1 %}', é: '\u2028' },
];

const context = (input: unknown, elapsedSeconds: number) => ({
  Execution: {
    Id: 'arn:aws:states:eu-central-1:123456789012:execution:Tracking:ds-9--2',
    Name: 'ds-9--2',
    Input: input,
    StartTime: '2026-11-25T10:00:00.123Z',
  },
  State: {
    Name: 'Check failed',
    EnteredTime: new Date(Date.parse('2026-11-25T10:00:00.123Z') + elapsedSeconds * 1000).toISOString(),
  },
});

export const FAILED_CHECKS = [60, 86_399, 86_500, 90_001].flatMap((elapsed) => [
  ...INPUTS.map((input) => ({ input, context: context(input, elapsed) })),
  ...[undefined, 0, 1, 9, 700, 'x', null].map((failures) => ({
    input: { ...WAITING_STATE, ...(failures !== undefined && { failures }) },
    context: context(INPUTS[0], elapsed),
  })),
  ...[{}, { end: { outcome: 'complete', detail: '{}' } }].map((more) => ({
    input: { ...WAITING_STATE, obstacle: 'LOGS_NOT_SAVED', ...more },
    context: context(INPUTS[0], elapsed),
  })),
]);

const CAMPAIGN_INPUTS: readonly unknown[] = [
  ...[600, 1, 31_528_800, 31_528_801, 0, 0.5, 1.5, -1, 1e21, '600', [600], null].map((deadlineSeconds) => ({
    campaignId: 'spring',
    notifications: 50,
    deadlineSeconds,
  })),
  ...['spring', '-', 'x'.repeat(76), 'x'.repeat(77), '', 'spring\n', 'a b', 'ü', ['spring'], 7, null].map(
    (campaignId) => ({ campaignId, notifications: 50 }),
  ),
];
const WAITING_CAMPAIGN = {
  outcome: 'waiting',
  nextCheckAt: '2026-11-25T10:01:00Z',
  campaign: CAMPAIGN_INPUTS[0],
  checks: 2,
  lastEndAt: '2026-11-25T10:20:00.123Z',
};
export const FAILED_CAMPAIGN_CHECKS = [0.5, 1_199, 1_801, 90_001, 31_532_400].flatMap((elapsed) => [
  ...[...CAMPAIGN_INPUTS, ...INPUTS].map((input) => ({ input, context: context(input, elapsed) })),
  ...[{}, { failures: 1 }, { failures: 700 }, { failures: 'x' }, { isSwept: true, failures: 0 }].map(
    (more) => ({ input: { ...WAITING_CAMPAIGN, ...more }, context: context(CAMPAIGN_INPUTS[0], elapsed) }),
  ),
]);

const ENDED = {
  executionArn: 'arn',
  name: 'ds-9--2',
  stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:other',
  status: 'ABORTED',
  error: null,
};
export const INTERRUPTIONS = [
  ENDED,
  { ...ENDED, stateMachineArn: CAMPAIGN_STATE_MACHINE },
  { ...ENDED, stateMachineArn: undefined },
]
  .flatMap((ended) => [
    ended,
    { ...ended, input: null },
    ...[...INPUTS, ...CAMPAIGN_INPUTS].map((input) => ({ ...ended, input: JSON.stringify(input) })),
  ])
  .map((input) => ({ input, context: context(input, 60) }));

const ROW = {
  outcome: 'complete',
  detailType: 'Notification Delivery Complete',
  detail: JSON.stringify({
    metadata: { id: 'arn', version: '1', correlationId: 'c-1' },
    data: {
      requestId: 'ds-1',
      status: 'SUCCESS',
      counts: { total: 1, delivered: 1, failed: 0 },
      channels: ['ivr'],
      durationSeconds: 11,
      deliveryLog: { tableArn: 'arn', partitionKey: 'ds-1' },
    },
  }),
};
export const FINAL_EVENTS = [
  ROW,
  { ...ROW, outcome: 'timed-out' },
  {
    ...ROW,
    outcome: 'failed',
    detail: '{"metadata":{"id":"arn"},"data":{"requestId":"ds-1","channels":[]}}',
  },
  { ...ROW, detail: ROW.detail.replace('["ivr"]', '["email","ivr"]') },
].map((input) => ({ input, context: context(INPUTS[0], 60) }));

const NUMBERS = { expected: 50, complete: 48, timedOut: 1, failed: 0, missing: 1, extra: 0 };
const CAMPAIGN_ROW = {
  outcome: 'timed-out',
  detailType: 'Campaign Delivery Timed Out',
  detail: JSON.stringify({
    metadata: { id: 'arn', version: '1', timestamp: '2026-11-25T10:02:00.000Z' },
    data: {
      campaignId: 'spring',
      notifications: NUMBERS,
      counts: { total: 1_200, delivered: 1_000.5, failed: 0 },
      completedAt: '2026-11-25T10:02:00.000Z',
      durationSeconds: 120,
      deliveryLog: { tableArn: 'arn', indexName: 'summaries-by-campaign' },
      error: { code: 'DEADLINE_PASSED', message: '1 of 50 "notifications" had not ended.' },
    },
  }),
};
export const CAMPAIGN_EVENTS = [
  CAMPAIGN_ROW,
  { ...CAMPAIGN_ROW, outcome: 'complete' },
  {
    ...CAMPAIGN_ROW,
    outcome: 'failed',
    detail: '{"metadata":{"id":"arn","version":"1"},"data":{"campaignId":"ds-9--2","error":{"code":"X"}}}',
  },
  {
    ...CAMPAIGN_ROW,
    detail: '{"metadata":{"id":"arn"},"data":{"campaignId":"s","notYet":[true,[],7]}}',
  },
].map((input) => ({ input, context: context(CAMPAIGN_INPUTS[0], 60) }));

const ENDED_TRACKING = { outcome: 'complete', detail: { metadata: {} }, output: { outcome: 'complete' } };
export const UNANNOUNCED = [
  WAITING_STATE,
  {
    ...WAITING_STATE,
    progress: { ...WAITING_STATE.progress, announced: 'abcdefgh+12.ijklmnop', savedDigest: 'x' },
  },
  { ...WAITING_STATE, progress: { checks: 1 } },
  ENDED_TRACKING,
  { ...ENDED_TRACKING, outcome: 'failed' },
]
  .flatMap((then) =>
    ['', 'abcdefgh', 'abcdefgh+1.ijklmnop'].map((announcedBefore) => ({
      outcome: 'announcing',
      detail: { metadata: { id: 'arn#1' }, data: { logIds: ['nl-1'] } },
      then,
      announcedBefore,
    })),
  )
  .map((input) => ({ input, context: context(INPUTS[0], 60) }));
