/** Stacks as users make them, one for each thing that a tracker can be told which changes its template. */
import { type App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SnsTopic, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { OrganizationPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFn, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { BotProps } from '../../../lib/configuration/bot-props.ts';
import type { DeliveryTrackerProps } from '../../../lib/configuration/delivery-tracker-props.ts';
import { DeliveryTracker } from '../../../lib/delivery-tracker.ts';
import { DeliveryTrackerStack } from '../../../lib/delivery-tracker-stack.ts';
import type { IDeliveryTracker } from '../../../lib/index.ts';
import { TemplateStack } from '../../../package/template/template-stack.ts';

/** Adds its stacks to an app of its own. */
export type Variant = (app: App) => void;

/** A stack "Tracker…" with a tracker "Tracker", told what `props` makes in it. */
const told =
  (name: string, props: (stack: Stack) => DeliveryTrackerProps): Variant =>
  (app) => {
    const stack = new Stack(app, name);
    new DeliveryTracker(stack, 'Tracker', props(stack));
  };

export const VARIANTS: Readonly<Record<string, Variant>> = {
  plain: (app) => {
    new DeliveryTrackerStack(app, 'DeliveryTracker', { tracker: {} });
  },
  announcing: (app) => {
    new DeliveryTrackerStack(app, 'DeliveryTracker', { tracker: { announceFailures: true } });
  },
  'without the CDK': (app) => {
    new TemplateStack(app);
  },
  'own bus': (app) => {
    const stack = new Stack(app, 'OwnBus');
    const eventBus = new EventBus(stack, 'CompanyBus');
    const props = { eventBus, eventSource: 'com.example/tracker', announceFailures: true };
    eachKindOfRule(new DeliveryTracker(stack, 'Tracker', props), stack);
  },
  "another account's bus": (app) => {
    const stack = new Stack(app, 'ForeignBus');
    const arn = 'arn:aws:events:eu-central-1:333333333333:event-bus/company';
    const eventBus = EventBus.fromEventBusArn(stack, 'CompanyBus', arn);
    eachKindOfRule(new DeliveryTracker(stack, 'Tracker', { eventBus, announceFailures: true }), stack);
  },
  'archive and previous buses': told('Archive', (stack) => ({
    eventArchive: Duration.days(30),
    previousEventBuses: ['old', 'older'].map((name) => EventBus.fromEventBusName(stack, name, name)),
  })),
  'own secret': told('OwnSecret', (stack) => ({ secret: new Secret(stack, 'KoreApp') })),
  'encryption key': told('EncryptionKey', (stack) => ({
    encryptionKey: new Key(stack, 'Key'),
    removalPolicy: RemovalPolicy.DESTROY,
  })),
  VPC: told('InVpc', (stack) => ({ vpc: new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 }) })),
  '40 bots': told('FortyBots', (stack) => ({ bots: bots(stack, 40) })),
  '64 bots of the longest names': told('LongestBots', (stack) => ({ bots: longestBots(stack, 64) })),
  'every kind of rule': (app) => {
    const stack = new Stack(app, 'EachRule');
    eachKindOfRule(new DeliveryTracker(stack, 'Tracker', { announceFailures: true }), stack);
  },
  '30 rules': (app) => {
    const stack = new Stack(app, 'ThirtyRules');
    const tracker = new DeliveryTracker(stack, 'Tracker');
    for (let index = 1; index <= 30; index += 1) {
      const queue = new SqsQueue(new Queue(stack, `Queue${index}`));
      tracker.onDeliveryComplete(`Complete${index}`, { targets: [queue] });
    }
  },
  'dead-letter queue named by targets': (app) => {
    const stack = new Stack(app, 'NamedQueue');
    const tracker = new DeliveryTracker(stack, 'Tracker');
    const { deadLetterQueue } = tracker;
    for (let index = 1; index <= 20; index += 1) {
      const topic = new SnsTopic(new Topic(stack, `Topic${index}`), { deadLetterQueue });
      tracker.onTrackingFailed(`Failed${index}`, { targets: [topic] });
    }
  },
  'two trackers': (app) => {
    const stack = new Stack(app, 'TwoTrackers');
    const one = new DeliveryTracker(stack, 'One');
    new DeliveryTracker(stack, 'Two', { callBudgetTable: one.callBudgetTable });
  },
  'imported tracker': (app) => {
    const env = { account: '222222222222', region: 'eu-central-1' };
    const stack = new Stack(app, 'Importing', { env });
    const tracker = DeliveryTracker.fromDeliveryTrackerAttributes(stack, 'Imported', {
      stateMachineArn: 'arn:aws:states:eu-central-1:333333333333:stateMachine:tracking',
      campaignStateMachineArn: 'arn:aws:states:eu-central-1:333333333333:stateMachine:campaigns',
      trackerName: 'DeliveryTracker-Tracker',
      eventBusArn: 'arn:aws:events:eu-central-1:333333333333:event-bus/final-events',
      tableArn: 'arn:aws:dynamodb:eu-central-1:333333333333:table/delivery-log',
      starterRoleArn: 'arn:aws:iam::333333333333:role/starter',
    });
    eachKindOfRule(tracker, stack);
    letStartAndRead(tracker, stack);
  },
  'rules in another stack': (app) => {
    const tracker = new DeliveryTracker(new Stack(app, 'Trackers'), 'Tracker', { announceFailures: true });
    const stack = new Stack(app, 'Users');
    eachKindOfRule(tracker, stack, stack);
    letStartAndRead(tracker, stack);
  },
  shared: (app) => {
    const tracker = new DeliveryTracker(new Stack(app, 'Shared'), 'Tracker');
    tracker.shareWith('Organisation', new OrganizationPrincipal('o-1234567890'));
  },
  'no monitoring': told('NoMonitoring', () => ({
    monitoring: { dashboard: false, alarms: false, savedQuery: false },
  })),
  'alarm topic': told('AlarmTopic', (stack) => ({ monitoring: { alarmTopic: new Topic(stack, 'Alarms') } })),
  'everything told': told('EverythingTold', (stack) => ({
    host: 'https://bots.example.com',
    apiScope: 'admin-console',
    defaultStreamId: 'st-736ff917-d836-55b4-9a6b-3dad20c09af3',
    callLimits: { perMinute: 300, perHour: 9_000 },
    deadline: Duration.hours(12),
    retention: Duration.days(30),
    warmWriteThroughput: 16_000,
    announceFailures: true,
    bots: { ...bots(stack, 3), 'st-1': { host: 'https://kore.example.com', apiScope: 'app-builder' } },
  })),
};

function eachKindOfRule(tracker: IDeliveryTracker, stack: Stack, scope?: Stack): void {
  const where = scope && { scope };
  const runtime = Runtime.NODEJS_24_X;
  const code = Code.fromInline('exports.handler = async () => {};');
  const consumer = new LambdaFn(stack, 'Consumer', { runtime, code, handler: 'index.handler' });
  const targets = [new LambdaFunction(consumer), new SqsQueue(new Queue(stack, 'FollowUp'))];
  tracker.onDeliveryComplete('Complete', { ...where, targets });
  tracker.onDeliveryComplete('NotAllReached', {
    ...where,
    targets,
    statuses: ['PARTIAL_SUCCESS', 'FAILURE'],
  });
  tracker.onDeliveryTimedOut('TimedOut', { ...where, targets });
  tracker.onTrackingFailed('Failed', { ...where, targets });
  tracker.onRecipientsNotReached('RecipientsNotReached', { ...where, targets });
  tracker.onCampaignComplete('CampaignComplete', { ...where, targets });
  tracker.onCampaignTimedOut('CampaignTimedOut', { ...where, targets });
  tracker.onCampaignFailed('CampaignFailed', { ...where, targets });
}

function letStartAndRead(tracker: IDeliveryTracker, stack: Stack): void {
  const workload = new Role(stack, 'Workload', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  tracker.grantStartTracking(workload);
  tracker.grantStartCampaign(workload);
  tracker.grantReadLogs(workload);
}

/** Each with a secret of the stack, a host and a scope of its own. */
function bots(stack: Stack, count: number): Record<string, BotProps> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `st-736ff917-d836-55b4-9a6b-3dad20c0${String(index + 1).padStart(4, '0')}`,
      {
        host: `https://bot-${index + 1}.emea.kore.example.com`,
        apiScope: 'admin-console',
        secret: new Secret(stack, `Bot${index + 1}`),
      },
    ]),
  );
}

/** The longest stream ids (contract/tracking-input.ts), host names (RFC 1035), and names of secrets (AWS docs, CreateSecret). */
function longestBots(stack: Stack, count: number): Record<string, BotProps> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const longest = (length: number) => String(index).padStart(length, 'a');
      const labels = [longest(63), longest(63), longest(63), longest(61)];
      const arn = `arn:aws-us-gov:secretsmanager:us-gov-east-1:123456789012:secret:${longest(512)}-AbCdEf`;
      return [
        longest(76),
        {
          host: `https://${labels.join('.')}:65535`,
          apiScope: 'admin-console',
          secret: Secret.fromSecretCompleteArn(stack, `Bot${index + 1}`, arn),
        },
      ];
    }),
  );
}
