import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { AccountPrincipal, OrganizationPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { DeliveryTracker } from '../../lib/delivery-tracker.ts';
import type { DeliveryTrackerAttributes } from '../../lib/delivery-tracker-attributes.ts';

/** Synthesises what `build` puts into a stack. */
function synthesised(build: (stack: Stack) => void) {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Stack', { env: { account: '222222222222', region: 'eu-central-1' } });
  build(stack);
  return Template.fromStack(stack);
}

const propertiesOf = (template: Template, type: string) =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties);

describe('a tracker that is shared with an organisation', () => {
  const template = synthesised((stack) => {
    new DeliveryTracker(stack, 'Tracker').shareWith('Org', new OrganizationPrincipal('o-1234567890'));
  });

  it('lets its accounts manage rules on the bus that they made, and no others', () => {
    const [policy] = propertiesOf(template, 'AWS::Events::EventBusPolicy');
    expect(policy.Statement).toMatchObject({
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: expect.arrayContaining(['events:PutRule', 'events:PutTargets', 'events:DeleteRule']),
      Condition: {
        StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' },
        StringEqualsIfExists: { 'events:creatorAccount': '$'.concat('{aws:PrincipalAccount}') },
      },
    });
    expect(policy.Statement.Action).not.toContain('events:PutEvents');
    expect(JSON.stringify(policy.Statement.Resource)).toMatch(/:rule\/.*TrackerEvents.*\/\*/);
  });

  it('has a role for its starters, which can start trackings of notifications and campaigns, and nothing else', () => {
    const [[starter, { Properties }] = ['', { Properties: {} }]] = Object.entries(
      template.findResources('AWS::IAM::Role'),
    ).filter(([id]) => id.includes('Starter'));
    expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([
      expect.objectContaining({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } }),
    ]);
    const [policy] = propertiesOf(template, 'AWS::IAM::Policy').filter(
      ({ Roles }) => Roles[0].Ref === starter,
    );
    const started = (machine: RegExp) => ({
      Effect: 'Allow',
      Action: 'states:StartExecution',
      Resource: { Ref: expect.stringMatching(machine) },
    });
    expect(policy.PolicyDocument.Statement).toEqual([
      started(/^TrackerTracking/),
      started(/^TrackerCampaignsCampaign/),
      { Effect: 'Allow', Action: 'states:DescribeExecution', Resource: expect.anything() },
    ]);
    expect(JSON.stringify(policy.PolicyDocument.Statement[2].Resource)).toMatch(
      /:222222222222:execution:.*TrackerCampaignsCampaignStateMachine\w+","Name"\]\},":\*"/,
    );
  });
});

it('is shared with one account as well', () => {
  const template = synthesised((stack) => {
    new DeliveryTracker(stack, 'Tracker').shareWith('Sales', new AccountPrincipal('111111111111'));
  });

  const [policy] = propertiesOf(template, 'AWS::Events::EventBusPolicy');
  expect(JSON.stringify(policy.Statement.Principal)).toContain('111111111111');
});

const ATTRIBUTES = {
  stateMachineArn: 'arn:aws:states:eu-central-1:333333333333:stateMachine:tracking',
  campaignStateMachineArn: 'arn:aws:states:eu-central-1:333333333333:stateMachine:campaigns',
  eventBusArn: 'arn:aws:events:eu-central-1:333333333333:event-bus/final-events',
  tableArn: 'arn:aws:dynamodb:eu-central-1:333333333333:table/delivery-log',
} as const satisfies DeliveryTrackerAttributes;

function importedWith(
  attributes: DeliveryTrackerAttributes,
  use: (tracker: ReturnType<typeof DeliveryTracker.fromDeliveryTrackerAttributes>, stack: Stack) => void,
) {
  return synthesised((stack) => {
    use(DeliveryTracker.fromDeliveryTrackerAttributes(stack, 'Imported', attributes), stack);
  });
}

const roleIn = (stack: Stack) =>
  new Role(stack, 'Workload', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
const statementsOf = (template: Template) =>
  propertiesOf(template, 'AWS::IAM::Policy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

describe('an imported tracker', () => {
  it('makes rules on its bus, by ARN, for its own events, with a dead-letter queue beside them', () => {
    const template = importedWith(ATTRIBUTES, (tracker, stack) => {
      tracker.onDeliveryTimedOut('Late', { targets: [new SqsQueue(new Queue(stack, 'Queue'))] });
    });

    const [rule] = propertiesOf(template, 'AWS::Events::Rule');
    expect(rule.EventBusName).toBe(ATTRIBUTES.eventBusArn);
    expect(rule.EventPattern).toEqual({
      source: ['notification-delivery-tracker'],
      'detail-type': ['Notification Delivery Timed Out'],
      detail: {
        metadata: { id: [{ prefix: 'arn:aws:states:eu-central-1:333333333333:execution:tracking:' }] },
      },
    });
    expect(rule.Targets[0].DeadLetterConfig.Arn['Fn::GetAtt'][0]).toContain('LateDeadLetters');
  });

  it("lets rules on its bus use the dead-letter queue, whose ARNs name the bus's account", () => {
    const template = importedWith(ATTRIBUTES, (tracker) => tracker.onDeliveryTimedOut('Late'));

    const [{ PolicyDocument }] = propertiesOf(template, 'AWS::SQS::QueuePolicy');
    const [allowed] = PolicyDocument.Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
    expect(JSON.stringify(allowed.Condition.ArnLike['aws:SourceArn'])).toContain(
      ':events:eu-central-1:333333333333:rule/final-events/*',
    );
  });

  it('lets a workload of its own account start trackings', () => {
    const template = importedWith(ATTRIBUTES, (tracker, stack) => tracker.grantStartTracking(roleIn(stack)));

    expect(statementsOf(template)).toEqual([
      { Effect: 'Allow', Action: 'states:StartExecution', Resource: ATTRIBUTES.stateMachineArn },
    ]);
  });

  it('lets a workload of its own account start campaigns, and see what it has started', () => {
    const template = importedWith(ATTRIBUTES, (tracker, stack) => tracker.grantStartCampaign(roleIn(stack)));

    expect(statementsOf(template)).toEqual([
      { Effect: 'Allow', Action: 'states:StartExecution', Resource: ATTRIBUTES.campaignStateMachineArn },
      {
        Effect: 'Allow',
        Action: 'states:DescribeExecution',
        Resource: 'arn:aws:states:eu-central-1:333333333333:execution:campaigns:*',
      },
    ]);
  });

  it.each<'grantStartTracking' | 'grantStartCampaign'>(['grantStartTracking', 'grantStartCampaign'])(
    "lets a workload of another account assume the starters' role by %s",
    (grant) => {
      const starterRoleArn = 'arn:aws:iam::333333333333:role/starter';
      const template = importedWith({ ...ATTRIBUTES, starterRoleArn }, (tracker, stack) =>
        tracker[grant](roleIn(stack)),
      );

      expect(statementsOf(template)).toEqual([
        { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: starterRoleArn },
      ]);
    },
  );

  it('lets a consumer read its logs', () => {
    const template = importedWith(ATTRIBUTES, (tracker, stack) => tracker.grantReadLogs(roleIn(stack)));

    expect(statementsOf(template)[0].Resource).toContain(ATTRIBUTES.tableArn);
  });

  it.each<[keyof typeof ATTRIBUTES, (tracker: DeliveryTracker, stack: Stack) => unknown]>([
    ['eventBusArn', (tracker) => tracker.onTrackingFailed('Failed')],
    ['tableArn', (tracker, stack) => tracker.grantReadLogs(roleIn(stack))],
    ['campaignStateMachineArn', (tracker, stack) => tracker.grantStartCampaign(roleIn(stack))],
    ['campaignStateMachineArn', (tracker) => tracker.onCampaignComplete('Complete')],
    ['campaignStateMachineArn', (tracker) => tracker.onCampaignTimedOut('TimedOut')],
    ['campaignStateMachineArn', (tracker) => tracker.onCampaignFailed('Failed')],
  ])('says what it lacks: %s', (attribute, use) => {
    const { [attribute]: _, ...others } = ATTRIBUTES;

    const synthesise = () =>
      importedWith(others as DeliveryTrackerAttributes, (tracker, stack) =>
        use(tracker as DeliveryTracker, stack),
      );

    expect(synthesise).toThrow(expect.objectContaining({ code: 'INVALID_CONFIGURATION' }));
    expect(synthesise).toThrow(attribute);
  });
});
