/** An app in JavaScript: what TypeScript would have refused is refused at synth, in a sentence. */
import { createRequire } from 'node:module';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { number, text } from '../../lib/configuration/checks/check.ts';
import { duration } from '../../lib/configuration/checks/of-cdk.ts';
import { type Shape, shape } from '../../lib/configuration/checks/shape.ts';
import { ConfigurationError } from '../../lib/configuration/configuration-error.ts';
import type { ScheduleProps } from '../../lib/configuration/schedule-props.ts';
import { DeliveryTracker } from '../../lib/delivery-tracker.ts';
import { DeliveryTrackerStack } from '../../lib/delivery-tracker-stack.ts';

/** Nothing has a type there. */
// biome-ignore lint/suspicious/noExplicitAny: as in JavaScript.
type Any = any;

const newStack = () => new Stack(new App({ analyticsReporting: false }), 'Stack');
const track = (props: Any, stack = newStack()): DeliveryTracker =>
  new DeliveryTracker(stack, 'Tracker', props);

function refusalOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ code: 'INVALID_CONFIGURATION' });
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

describe('a prop of the wrong kind', () => {
  const stack = newStack();
  const secretSuch = `must be a secret such as Secret.fromSecretCompleteArn(this, 'KoreApp', 'arn:…')`;

  it.each<[props: Any, sentence: string]>([
    [{ deadline: 3_600 }, 'deadline must be a Duration such as Duration.hours(24); it is 3600.'],
    [{ deadline: '24h' }, 'deadline must be a Duration such as Duration.hours(24); it is "24h".'],
    [{ deadline: null }, 'deadline must be a Duration such as Duration.hours(24); it is null.'],
    [{ schedule: { cap: 130 } }, 'schedule.cap must be a Duration such as Duration.minutes(2); it is 130.'],
    [{ schedule: 5 }, 'schedule must be an object; it is 5.'],
    [{ host: new URL('https://a.example') }, 'host must be a string; it is an object of the class URL.'],
    [{ apiScope: ['app-builder'] }, 'apiScope must be "app-builder" or "admin-console"; it is an array.'],
    [{ defaultStreamId: 7 }, 'defaultStreamId must be a string; it is 7.'],
    [{ announceFailures: 'true' }, 'announceFailures must be true or false; it is "true".'],
    [{ warmWriteThroughput: '16000' }, 'warmWriteThroughput must be a number; it is "16000".'],
    [{ callLimits: { perMinute: '300' } }, 'callLimits.perMinute must be a number; it is "300".'],
    [
      { logRetention: 'ONE_WEEK' },
      'logRetention must be a RetentionDays such as RetentionDays.ONE_MONTH; it is "ONE_WEEK".',
    ],
    [
      { removalPolicy: 'DESTROY' },
      'removalPolicy must be a RemovalPolicy such as RemovalPolicy.DESTROY; it is "DESTROY".',
    ],
    [{ secret: 'arn:aws:secretsmanager:…' }, `secret ${secretSuch}; it is "arn:aws:secretsmanager:…".`],
    [
      { secret: new CfnSecret(stack, 'Level1') },
      `secret ${secretSuch}; it is an object of the class CfnSecret.`,
    ],
    [{ bots: { 'st-1': { secret: 7 } } }, `bots["st-1"].secret ${secretSuch}; it is 7.`],
    [{ bots: ['st-1'] }, `bots must be an object such as { 'st-…': { secret } }; it is an array.`],
    [{ bots: new Map() }, /^bots must be an object such as .*; it is an object of the class Map\.$/],
    [{ monitoring: { runbookUrl: '' } }, /^monitoring\.runbookUrl must be a string that is not empty; /],
    [
      { monitoring: { alarmTopic: 'arn' } },
      `monitoring.alarmTopic must be a topic such as Topic.fromTopicArn(this, 'Alarms', 'arn:…'); it is "arn".`,
    ],
    [
      { eventBus: new Topic(stack, 'NoBus') },
      `eventBus must be a bus such as EventBus.fromEventBusName(this, 'Bus', 'name'); it is an object of the class Topic.`,
    ],
    [{ previousEventBuses: new EventBus(stack, 'Old') }, /^previousEventBuses must be an array; /],
    [{ previousEventBuses: ['old'] }, /^previousEventBuses\[0\] must be a bus such as .*; it is "old"\.$/],
    [{ callBudgetTable: 'budget' }, /^callBudgetTable must be a table such as .*; it is "budget"\.$/],
    [{ encryptionKey: 'arn:aws:kms:…' }, /^encryptionKey must be a key such as .*; it is "arn:aws:kms:…"\.$/],
    [{ vpc: 'vpc-1' }, /^vpc must be a VPC such as .*; it is "vpc-1"\.$/],
    [{ vpcSubnets: 'private' }, /^vpcSubnets must be an object such as .*; it is "private"\.$/],
    [
      { securityGroups: ['sg-1'] },
      /^securityGroups\[0\] must be a security group such as .*; it is "sg-1"\.$/,
    ],
    ['fast', 'props must be an object; it is "fast".'],
    [null, 'props must be an object; it is null.'],
  ] as Any)('%j is refused', (props, sentence) => {
    expect(refusalOf(() => track(props))).toEqual(
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    );
  });

  it.each([{ secret: 'hush-hush' }, { secret: { clientSecret: 'hush-hush' } }])(
    'is not repeated where it may be the secret itself',
    (props) => {
      expect(refusalOf(() => track(props))).not.toContain('hush');
    },
  );
});

describe('a prop that does not exist', () => {
  it.each<[props: Any, sentence: string]>([
    [{ dedline: 1 }, 'dedline does not exist. Write deadline, or leave it out.'],
    [{ deadlineSeconds: 1 }, 'deadlineSeconds does not exist. Write deadline, or leave it out.'],
    [{ secretArn: 'arn:…' }, 'secretArn does not exist. Write secret, or leave it out.'],
    [{ apiscope: 1 }, 'apiscope does not exist. Write apiScope, or leave it out.'],
    [
      { schedule: { max: 1 } },
      'schedule.max does not exist. Write one of schedule.floor, schedule.cap, or leave it out.',
    ],
    [
      { monitoring: { alarmTopicArn: 1 } },
      'monitoring.alarmTopicArn does not exist. Write monitoring.alarmTopic, or leave it out.',
    ],
    [{ bots: { 'st-1': { hst: 1 } } }, /^bots\["st-1"\]\.hst does not exist\. /],
    [{ default: 86_400_000 }, /^default does not exist\. Write (one of host, |defaultStreamId)/],
    [{ checkWorth: 4 }, /^checkWorth is no setting any more\. Choose a pace/],
  ] as Any)('%j is refused, with the one that was probably meant', (props, sentence) => {
    expect(refusalOf(() => track(props))).toEqual(
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    );
  });

  it('may be there where it is undefined', () => {
    expect(() => track({ dedline: undefined, host: undefined, schedule: { cap: undefined } })).not.toThrow();
  });

  it('is refused of a stack that is given props of its tracker', () => {
    const props: Any = { deadline: Duration.hours(1) };

    expect(refusalOf(() => new DeliveryTrackerStack(new App(), 'Stack', props))).toBe(
      'deadline is a prop of the tracker, not of the stack. Write tracker: { deadline: … }.',
    );
  });

  it.each<[props: Any, sentence: string]>([
    [{ trackr: { deadline: Duration.hours(1) } }, 'trackr does not exist. Write tracker, or leave it out.'],
    [
      { dedline: Duration.hours(1) },
      'dedline does not exist. Write tracker: { deadline: … }, or leave it out.',
    ],
  ])('is refused of a stack where it is misspelt: %o', (props, sentence) => {
    expect(refusalOf(() => new DeliveryTrackerStack(new App(), 'Stack', props))).toBe(sentence);
  });

  it('is left to the CDK where it is one of any stack', () => {
    const props: Any = {
      ...{
        analyticsReporting: false,
        crossRegionReferences: true,
        description: 'Ours',
        tags: { team: 'ours' },
      },
      ...{ env: { region: 'eu-central-1' }, notificationArns: [], permissionsBoundary: undefined },
      ...{ propertyInjectors: [], stackName: 'ours', suppressTemplateIndentation: true },
      ...{ synthesizer: undefined, terminationProtection: true, tracing: true },
    };

    expect(() => new DeliveryTrackerStack(new App(), 'Stack', props)).not.toThrow();
  });
});

describe('what can be asked of a tracker', () => {
  const stack = newStack();
  const tracker: Any = track({ announceFailures: true }, stack);

  it.each<[attempt: () => unknown, sentence: string | RegExp]>([
    [
      () => tracker.onDeliveryComplete('A', { statuses: ['FAILED'] }),
      'options.statuses[0] must be "SUCCESS" or "PARTIAL_SUCCESS" or "FAILURE"; it is "FAILED".',
    ],
    [() => tracker.onDeliveryComplete('B', { statuses: 'FAILURE' }), /^options\.statuses must be an array; /],
    [
      () => tracker.onDeliveryComplete('C', { status: ['FAILURE'] }),
      'options.status does not exist. Write options.statuses, or leave it out.',
    ],
    [
      () => tracker.onCampaignComplete('D', { targets: [new Queue(stack, 'Queue')] }),
      'options.targets[0] must be a target such as new SqsQueue(queue); it is an object of the class Queue.',
    ],
    [
      () => tracker.onCampaignComplete('E', { statuses: ['FAILURE'] }),
      /^options\.statuses does not exist\. /,
    ],
    [() => tracker.onRecipientsNotReached('F', { scope: 'Stack' }), /^options\.scope must be a construct/],
    [() => tracker.onTrackingFailed('G', []), 'options must be an object; it is an array.'],
    [() => tracker.grantStartTracking('role'), /^grantee must be a role, .*; it is "role"\.$/],
    [() => tracker.grantStartCampaign(undefined), /^grantee must be a role, .*; it is undefined\.$/],
    [() => tracker.grantReadLogs({}), /^grantee must be a role, .*; it is an object\.$/],
    [
      () => tracker.shareWith('Others', '111122223333'),
      /^principal must be a principal such as .*; it is "1/,
    ],
    [
      () => tracker.metric('DetectionLags'),
      /^name must be "TrackingsStarted" or .*; it is "DetectionLags"\.$/,
    ],
    [
      () => tracker.metricRefusedCalls({ period: 60 }),
      'options.period must be a Duration such as Duration.minutes(1); it is 60.',
    ],
  ])('refuses what it cannot do: %s', (attempt, sentence) => {
    expect(refusalOf(attempt)).toEqual(
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    );
  });
});

describe('an imported tracker', () => {
  const stateMachineArn = 'arn:aws:states:eu-central-1:333333333333:stateMachine:tracking';
  const imported = (attributes: Any): Any =>
    DeliveryTracker.fromDeliveryTrackerAttributes(newStack(), 'Imported', attributes);

  it.each<[attributes: Any, sentence: RegExp]>([
    [
      { stateMachineArn: '' },
      /^attributes\.stateMachineArn must be an ARN such as arn:aws:states:.*; it is ""\.$/,
    ],
    [{ stateMachineArn: 'tracking' }, /^attributes\.stateMachineArn must be an ARN .*; it is "tracking"\.$/],
    [
      { stateMachineArn, tableArn: '' },
      /^attributes\.tableArn must be an ARN such as arn:aws:dynamodb:.*; it is ""\.$/,
    ],
    [
      { stateMachineArn, eventBusArn: stateMachineArn },
      /^attributes\.eventBusArn must be an ARN such as arn:aws:events:/,
    ],
    [
      { stateMachineArn, trackerName: '' },
      /^attributes\.trackerName must be a string that is not empty; it is ""\.$/,
    ],
    [{ stateMachineArn, eventSource: ' ' }, /^attributes\.eventSource must be a string that is not empty/],
    [
      { stateMachineArn, starterRole: 1 },
      /^attributes\.starterRole does not exist\. Write attributes\.starterRoleArn,/,
    ],
    [{}, /^the imported tracker "Imported" has no stateMachineArn\. Give it, to /],
    [undefined, /^attributes must be an object; it is undefined\.$/],
  ])('is refused %j', (attributes, sentence) => {
    expect(refusalOf(() => imported(attributes))).toMatch(sentence);
  });

  it('asks for a role in a grant through a role of the other account, too', () => {
    const starterRoleArn = 'arn:aws:iam::333333333333:role/starter';

    expect(refusalOf(() => imported({ stateMachineArn, starterRoleArn }).grantStartCampaign('role'))).toMatch(
      /^grantee must be a role/,
    );
  });

  it('may be known by what only the deployment knows', () => {
    const stack = newStack();
    const { stateMachine, table } = track({}, stack);
    const attributes = { stateMachineArn: stateMachine.stateMachineArn, tableArn: table.tableArn };
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

    const tracker = DeliveryTracker.fromDeliveryTrackerAttributes(stack, 'Imported', attributes);

    expect(() => tracker.grantReadLogs(role)).not.toThrow();
  });
});

it('takes a retention of logs that only the deployment knows', () => {
  const stack = newStack();
  const days = new CfnParameter(stack, 'Days', { type: 'Number' });

  track({ logRetention: days.valueAsNumber }, stack);

  Template.fromStack(stack).allResourcesProperties('AWS::Logs::LogGroup', {
    RetentionInDays: { Ref: 'Days' },
  });
});

it('takes what another copy of the CDK made', () => {
  const require = anotherCopy();
  const cdk: Any = require('aws-cdk-lib');
  const { Secret } = require('aws-cdk-lib/aws-secretsmanager');
  const { EventBus: OtherBus } = require('aws-cdk-lib/aws-events');
  const stack = newStack();
  const deadline = cdk.Duration.hours(1);
  expect(deadline).not.toBeInstanceOf(Duration);

  const tracker = track(
    {
      deadline,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
      logRetention: RetentionDays.ONE_WEEK,
      secret: new Secret(stack, 'Secret'),
      eventBus: OtherBus.fromEventBusName(stack, 'Bus', 'company'),
    },
    stack,
  );

  expect(() =>
    tracker.grantStartTracking(
      new cdk.aws_iam.Role(stack, 'Role', {
        assumedBy: new cdk.aws_iam.ServicePrincipal('lambda.amazonaws.com'),
      }),
    ),
  ).not.toThrow();
});

/** A `require` whose CDK is loaded anew until the test ends. What the other one loads only when it is used has been, by then. */
function anotherCopy(): NodeJS.Require {
  track({}, newStack());
  const require = createRequire(import.meta.url);
  const filesOfCdk = () => Object.keys(require.cache).filter((file) => file.includes('aws-cdk-lib'));
  const first = filesOfCdk().map((file) => [file, require.cache[file]] as const);
  const forget = () => {
    for (const file of filesOfCdk()) delete require.cache[file];
  };
  forget();
  onTestFinished(() => {
    forget();
    Object.assign(require.cache, Object.fromEntries(first));
  });
  return require;
}

describe('the checks of props', () => {
  it('do not compile where one is forgotten, or is of another type', () => {
    // @ts-expect-error: `cap` is forgotten.
    const forgotten: Shape<ScheduleProps> = { floor: duration('Duration.seconds(5)') };
    // @ts-expect-error: `cap` is a Duration.
    const other: Shape<ScheduleProps> = { floor: duration('Duration.seconds(5)'), cap: number };
    // @ts-expect-error: there is no such prop.
    const more: Shape<ScheduleProps> = { ...forgotten, cap: duration('Duration.seconds(5)'), max: text };

    expect([forgotten, other, more].map((checks) => typeof shape(checks))).toEqual(Array(3).fill('function'));
  });
});
