/** Permissions that no request of the end-to-end run uses, and why they stay. */
import { CAMPAIGN_INDEX, FAILURE_INDEX, RECIPIENT_INDEX } from '../../../contract/table-names.ts';
import type { Explanation } from './judge.ts';

const CHECK_DELIVERY = 'TrackerCheckDeliveryRole';
const TRACKING = 'TrackerTrackingRole';
const CHECK_CAMPAIGN = 'TrackerCampaignsCheckCampaignRole';
const CAMPAIGN = 'TrackerCampaignsCampaignRole';
const REPORTER = 'TrackerInterruptedReporterRole';
/** In the example, a reader of logs. */
const FALL_BACK = 'FallBackServiceRole';
const SEND_MAIL = 'SendMailServiceRole';

const ofStateMachine = (principal: string): Explanation[] => [
  {
    principal,
    actions: [
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
    ],
    why: 'Step Functions sets up the delivery of its log with them, and the emulator does not (AWS docs, Logging using CloudWatch Logs)',
  },
  {
    principal,
    actions: [
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ],
    why: 'Step Functions writes traces with them, and the emulator does not (AWS docs, X-Ray and Step Functions)',
  },
];

export const EXPLANATIONS: readonly Explanation[] = [
  ...[CHECK_DELIVERY, CHECK_CAMPAIGN].map((principal) => ({
    principal,
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    why: "Lambda writes the function's log with them, and the emulator does not",
  })),
  {
    principal: CHECK_DELIVERY,
    actions: ['secretsmanager:DescribeSecret'],
    why: "the CDK's grantRead brings it; it tells dates and names of a secret, and not its value",
  },
  {
    principal: TRACKING,
    actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
    why: 'the state machine writes an end only where the function did not: test/workflow/failing-function.test.ts, test/judges/step-functions',
  },
  {
    principal: CHECK_CAMPAIGN,
    actions: ['dynamodb:GetItem'],
    why: 'a check reads the row of its campaign only where it may be that of another execution, or has numbers that its event lacks: test/lambdas/campaign',
  },
  {
    principal: CAMPAIGN,
    actions: ['dynamodb:UpdateItem'],
    why: 'the state machine writes an end only where the function did not: test/judges/step-functions/campaign-failures.test.ts',
  },
  ...ofStateMachine(TRACKING),
  ...ofStateMachine(CAMPAIGN),
  ...ofStateMachine(REPORTER),
  {
    principal: FALL_BACK,
    actions: ['dynamodb:BatchGetItem'],
    why: 'grantReadLogs permits it, and the example gets row by row',
  },
  {
    principal: FALL_BACK,
    actions: [
      'dynamodb:BatchWriteItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:DescribeTable',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:Query',
      'dynamodb:Scan',
      'dynamodb:UpdateItem',
    ],
    why: "the CDK's grantReadWriteData brings them, for the example's own table",
  },
  {
    principal: 'StartCampaignServiceRole',
    actions: ['states:DescribeExecution'],
    why: 'asked only where a campaign was started before: test/client/start-campaign.test.ts',
  },
  {
    principal: 'delivery-tracker logs',
    actions: ['dynamodb:Query'],
    why: 'asked only for a campaign that is named by its notifications alone: test/cli/trackings/logs.test.ts',
  },
  ...['delivery-tracker dead-letters', 'delivery-tracker any command'].map((principal) => ({
    principal,
    actions: ['lambda:InvokeFunction', 'sns:Publish', 'states:StartExecution'],
    why: 'the run has a dead letter for a queue: test/cli/dead-letters/forward.test.ts has the others',
  })),
  {
    principal: 'delivery-tracker outdated',
    actions: [
      'cloudformation:DescribeStacks',
      'states:DescribeStateMachine',
      'states:DescribeStateMachineForExecution',
      'states:ListExecutions',
    ],
    why: 'the emulator has no revisions of definitions, so the command does not run there: test/cli/trackings/outdated.test.ts',
  },
  {
    principal: 'delivery-tracker any command',
    actions: [
      'states:DescribeStateMachine',
      'states:DescribeStateMachineForExecution',
      'states:ListExecutions',
    ],
    why: 'for outdated, as above',
  },
  ...[RECIPIENT_INDEX, FAILURE_INDEX, CAMPAIGN_INDEX].map((index) => ({
    principal: FALL_BACK,
    actions: ['dynamodb:Query'],
    on: `/index/${index}`,
    why: 'grantReadLogs permits it, and the example reads one notification only',
  })),
  ...[FALL_BACK, SEND_MAIL].map((principal) => ({
    principal,
    actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
    why: "the CDK's grantSendMessages brings them, for the example's own queue",
  })),
  ...[FALL_BACK, SEND_MAIL].map((principal) => ({
    principal,
    actions: ['sqs:ChangeMessageVisibility'],
    why: "the CDK's grantConsumeMessages brings it, for the queue before the function",
  })),
];
