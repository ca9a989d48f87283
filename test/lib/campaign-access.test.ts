/** Rules on campaigns and on failures that are announced, and who may start campaigns. */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import type { DeliveryTrackerProps } from '../../lib/configuration/delivery-tracker-props.ts';
import { DeliveryTracker } from '../../lib/delivery-tracker.ts';

function synthesised(use: (tracker: DeliveryTracker, stack: Stack) => void, props?: DeliveryTrackerProps) {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Stack', { env: { account: '222222222222', region: 'eu-central-1' } });
  const tracker = new DeliveryTracker(stack, 'Tracker', props);
  use(tracker, stack);
  return { stack, tracker, template: Template.fromStack(stack) };
}

/** What the ARNs of a state machine's executions begin with. */
const executionsOf = (stateMachineName: unknown) => ({
  prefix: {
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, EXECUTIONS_IN_ACCOUNT, stateMachineName, ':']],
  },
});
const EXECUTIONS_IN_ACCOUNT = ':states:eu-central-1:222222222222:execution:';

describe('a rule', () => {
  const { stack, tracker, template } = synthesised(
    (tracker, stack) => {
      const targets = [new SqsQueue(new Queue(stack, 'Queue'))];
      tracker.onCampaignComplete('Complete', { targets });
      tracker.onCampaignTimedOut('TimedOut', { targets });
      tracker.onCampaignFailed('Failed', { targets });
      tracker.onRecipientsNotReached('NotReached', { targets, description: 'Send an SMS at once' });
    },
    { announceFailures: true },
  );
  const rulesOn = (detailType: string) =>
    Object.values(
      template.findResources('AWS::Events::Rule', {
        Properties: { EventPattern: { 'detail-type': [detailType] } },
      }),
    ).map(({ Properties }) => Properties);
  const campaigns = stack.resolve(tracker.campaignStateMachine.stateMachineName);
  const notifications = stack.resolve(tracker.stateMachine.stateMachineName);

  it.each([
    ['onCampaignComplete', 'Campaign Delivery Complete', campaigns],
    ['onCampaignTimedOut', 'Campaign Delivery Timed Out', campaigns],
    ['onCampaignFailed', 'Campaign Tracking Failed', campaigns],
    ['onRecipientsNotReached', 'Notification Recipients Not Reached', notifications],
  ])('by %s hears of "%s" of this tracker, and of nothing else', (_, detailType, stateMachineName) => {
    const [rule, ...others] = rulesOn(detailType);

    expect(others).toEqual([]);
    expect(rule?.EventBusName).toEqual(stack.resolve(tracker.eventBus.eventBusName));
    expect(rule?.EventPattern).toEqual({
      source: ['notification-delivery-tracker'],
      'detail-type': [detailType],
      detail: { metadata: { id: [executionsOf(stateMachineName)] } },
    });
  });

  it("is in the tracker's care: retried for a day, then kept", () => {
    const [rule] = rulesOn('Campaign Delivery Complete');

    expect(rule?.Targets).toEqual([
      expect.objectContaining({
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        DeadLetterConfig: { Arn: stack.resolve(tracker.deadLetterQueue.queueArn) },
      }),
    ]);
  });

  it('has the description that it was given, or one that names the event', () => {
    expect(rulesOn('Notification Recipients Not Reached')[0]?.Description).toBe('Send an SMS at once');
    expect(rulesOn('Campaign Tracking Failed')[0]?.Description).toContain('Campaign Tracking Failed');
  });
});

describe('a rule on failures that are announced', () => {
  it.each([{}, { announceFailures: false }])('is refused where the tracker has %j', (props) => {
    const refused = () => synthesised((tracker) => tracker.onRecipientsNotReached('NotReached'), props);

    expect(refused).toThrow(
      expect.objectContaining({
        code: 'INVALID_CONFIGURATION',
        message:
          'the rule NotReached would never hear of anything: the tracker announces no failures. Set announceFailures to true.',
      }),
    );
  });
});

it('a workload that may start campaigns may start them and see whether it has, and nothing else', () => {
  const { stack, tracker, template } = synthesised((tracker, stack) => {
    const assumedBy = new ServicePrincipal('lambda.amazonaws.com');
    tracker.grantStartCampaign(new Role(stack, 'Workload', { assumedBy }));
  });

  const [policy] = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
    JSON.stringify(Properties.Roles).includes('Workload'),
  );
  const { stateMachineArn, stateMachineName } = tracker.campaignStateMachine;
  const name = stack.resolve(stateMachineName);
  expect(policy?.Properties.PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: 'states:StartExecution', Resource: stack.resolve(stateMachineArn) },
    {
      Effect: 'Allow',
      Action: 'states:DescribeExecution',
      Resource: {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, EXECUTIONS_IN_ACCOUNT, name, ':*']],
      },
    },
  ]);
});

it('rules on an imported tracker name the executions that their events are of', () => {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Users', { env: { account: '222222222222', region: 'eu-central-1' } });
  const imported = DeliveryTracker.fromDeliveryTrackerAttributes(stack, 'Imported', {
    stateMachineArn: 'arn:aws:states:eu-central-1:333333333333:stateMachine:tracking',
    campaignStateMachineArn: 'arn:aws:states:eu-central-1:333333333333:stateMachine:campaigns',
    eventBusArn: 'arn:aws:events:eu-central-1:333333333333:event-bus/final-events',
  });

  imported.onCampaignComplete('Complete');
  imported.onRecipientsNotReached('NotReached');

  const patterns = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule')).map(
    ({ Properties }) => Properties.EventPattern,
  );
  const of = (name: string) => ({
    metadata: { id: [{ prefix: `arn:aws:states:eu-central-1:333333333333:execution:${name}:` }] },
  });
  const source = ['notification-delivery-tracker'];
  expect(patterns).toEqual([
    { source, 'detail-type': ['Campaign Delivery Complete'], detail: of('campaigns') },
    { source, 'detail-type': ['Notification Recipients Not Reached'], detail: of('tracking') },
  ]);
});
