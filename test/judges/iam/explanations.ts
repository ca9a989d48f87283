/** Permissions that no request of the end-to-end run uses, and why they stay. */
import { FAILURE_INDEX, RECIPIENT_INDEX } from '../../../contract/table-names.ts';
import type { Explanation } from './judge.ts';

const CHECK_DELIVERY = 'TrackerCheckDeliveryRole';
const TRACKING = 'TrackerTrackingRole';
const REPORTER = 'TrackerInterruptedReporterRole';
/** In the example, a reader of logs. */
const FALL_BACK = 'FallBackServiceRole';

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
  {
    principal: CHECK_DELIVERY,
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    why: "Lambda writes the function's log with them, and the emulator does not",
  },
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
  ...ofStateMachine(TRACKING),
  ...ofStateMachine(REPORTER),
  {
    principal: FALL_BACK,
    actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
    why: 'grantReadLogs permits it, and the example only queries',
  },
  {
    principal: 'delivery-tracker outdated',
    actions: [
      'cloudformation:DescribeStacks',
      'states:DescribeStateMachine',
      'states:DescribeStateMachineForExecution',
      'states:ListExecutions',
    ],
    why: 'the emulator has no revisions of definitions, so the command does not run there: test/cli/outdated.test.ts',
  },
  {
    principal: 'delivery-tracker any command',
    actions: ['states:DescribeStateMachine', 'states:DescribeStateMachineForExecution'],
    why: 'for outdated, as above',
  },
  ...[RECIPIENT_INDEX, FAILURE_INDEX].map((index) => ({
    principal: FALL_BACK,
    actions: ['dynamodb:Query'],
    on: `/index/${index}`,
    why: 'grantReadLogs permits it, and the example reads one notification only',
  })),
  {
    principal: FALL_BACK,
    actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
    why: "the CDK's grantSendMessages brings them, for the example's own queue",
  },
];
