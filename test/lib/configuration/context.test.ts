import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, RemovalPolicy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RootConstruct } from 'constructs';
import { afterAll, describe, expect, it } from 'vitest';
import cdkJson from '../../../cdk.json' with { type: 'json' };
import { ConfigurationError } from '../../../lib/configuration/configuration-error.ts';
import { propsFromContext } from '../../../lib/configuration/context.ts';
import { DeliveryTrackerStack } from '../../../lib/delivery-tracker-stack.ts';

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:kore-AbCdEf';
const KEY_ARN = 'arn:aws:kms:eu-west-1:123456789012:key/8d3c2f6e-0000-4000-8000-000000000000';

const assemblies = mkdtempSync(join(tmpdir(), 'context-'));
afterAll(() => rmSync(assemblies, { recursive: true }));

const appWith = (context: Record<string, unknown>) =>
  new App({
    outdir: mkdtempSync(join(assemblies, 'assembly-')),
    context: { 'aws:cdk:bundling-stacks': [], ...context },
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
function propsWith(context: Record<string, unknown>) {
  const scope = new RootConstruct();
  for (const [key, value] of Object.entries(context)) scope.node.setContext(key, value);
  return propsFromContext(scope);
}

function refusalOf(context: Record<string, unknown>): { code: string; message: string } {
  try {
    propsWith(context);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the context was accepted');
}

describe('every key', () => {
  const stack = new DeliveryTrackerStack(
    appWith({
      'tracker:host': 'https://kore.example.com',
      'tracker:apiScope': 'admin-console',
      'tracker:defaultStreamId': 'st-1',
      'tracker:secretArn': SECRET_ARN,
      'tracker:eventBusName': 'company-bus',
      'tracker:previousEventBusNames': 'old-bus, older-bus',
      'tracker:eventArchiveDays': 21,
      'tracker:announceFailures': 'true',
      'tracker:eventSource': 'com.example.tracker',
      'tracker:pace': 'thrifty',
      'tracker:floorSeconds': 7,
      'tracker:capSeconds': 200,
      'tracker:callsPerMinute': 300,
      'tracker:callsPerHour': 9000,
      'tracker:deadlineSeconds': 7200,
      'tracker:notFoundGraceSeconds': 120,
      'tracker:retentionDays': 10,
      'tracker:warmWriteThroughput': 8000,
      'tracker:logRetentionDays': 14,
      'tracker:removalPolicy': 'destroy',
      'tracker:encryptionKeyArn': KEY_ARN,
    }),
    'DeliveryTracker',
  );
  const template = Template.fromStack(stack);

  it.each([
    ['host', 'KORE_HOST', 'https://kore.example.com'],
    ['apiScope', 'API_SCOPE', 'admin-console'],
    ['defaultStreamId', 'DEFAULT_STREAM_ID', 'st-1'],
    ['secretArn', 'SECRET_ARN', SECRET_ARN],
    ['floorSeconds', 'FLOOR_SECONDS', '7'],
    ['pace', 'CHECK_WORTH_SECONDS', '16'],
    ['capSeconds', 'CAP_SECONDS', '200'],
    ['callsPerMinute and callsPerHour', 'CALL_LIMITS', '300/60,9000/3600'],
    ['deadlineSeconds', 'DEADLINE_SECONDS', '7200'],
    ['notFoundGraceSeconds', 'NOT_FOUND_GRACE_SECONDS', '120'],
    ['retentionDays', 'RETENTION_DAYS', '10'],
  ])('%s reaches the function as %s', (_, variable, value) => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { [variable]: value } },
    });
  });

  it('secretArn and eventBusName replace the resources that they name', () => {
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
    template.resourceCountIs('AWS::Events::EventBus', 0);
  });

  it('eventBusName and eventSource reach every state that publishes', () => {
    const definitions = Object.values(template.findResources('AWS::StepFunctions::StateMachine')).map(
      ({ Properties }) => JSON.stringify(Properties.DefinitionString),
    );
    expect(definitions).toHaveLength(3);
    for (const definition of definitions) {
      expect(definition).toContain(':event-bus/company-bus');
      expect(definition).toContain('com.example.tracker');
      expect(definition).not.toContain('notification-delivery-tracker');
    }
  });

  it('previousEventBusNames reach every role that publishes', () => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).map((policy) =>
      JSON.stringify(policy),
    );
    const publishing = policies.filter((policy) => policy.includes('events:PutEvents'));
    expect(publishing).toHaveLength(3);
    for (const policy of publishing) {
      expect(policy).toContain(':event-bus/old-bus');
      expect(policy).toContain(':event-bus/older-bus');
    }
  });

  it('announceFailures reaches the state machine of notifications, and no other', () => {
    const announcing = Object.entries(template.findResources('AWS::StepFunctions::StateMachine')).filter(
      ([, { Properties }]) => JSON.stringify(Properties.DefinitionString).includes('announces'),
    );

    expect(announcing.map(([id]) => id)).toEqual([expect.stringMatching(/^TrackerTrackingStateMachine/)]);
  });

  it('eventArchiveDays reaches the archive', () => {
    template.hasResourceProperties('AWS::Events::Archive', { RetentionDays: 21 });
  });

  it('logRetentionDays reaches every log group', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 14 });
  });

  it('removalPolicy reaches the table and every log group', () => {
    template.allResources('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });
    template.allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
  });

  it('encryptionKeyArn reaches the table', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', { SSESpecification: { KMSMasterKeyId: KEY_ARN } });
  });
});

it('says nothing of what the context leaves out', () => {
  const { schedule, callLimits, monitoring, ...props } = propsWith({});
  expect({ ...props, ...schedule, ...callLimits, ...monitoring }).toEqual({});
});

it('is not mistaken for the context of others', () => {
  expect(() => propsWith({ 'other:host': 1, trackerHost: 2, '@aws-cdk/core:x': true })).not.toThrow();
});

it('of cdk.json is accepted', () => {
  expect(() => propsWith(cdkJson.context)).not.toThrow();
});

describe('a number', () => {
  it.each([
    ['30', 30],
    [' 30 ', 30],
    ['2.5', 2.5],
    [2.5, 2.5],
  ])('given as %j is %d', (value, calls) => {
    expect(propsWith({ 'tracker:callsPerMinute': value }).callLimits?.perMinute).toBe(calls);
  });

  it.each(['', ' ', 'four', '4x', 'NaN', 'Infinity', true, null, [4], { value: 4 }])('is not %j', (value) => {
    const { code, message } = refusalOf({ 'tracker:callsPerMinute': value });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toMatch(/^tracker:callsPerMinute\b.*\bmust be a number\b/);
    expect(message).toContain(`it is ${JSON.stringify(value)}`);
  });
});

describe('a yes or no', () => {
  it.each([
    ['true', true],
    [true, true],
    ['false', false],
    [false, false],
  ])('given as %j is %s', (value, announceFailures) => {
    expect(propsWith({ 'tracker:announceFailures': value }).announceFailures).toBe(announceFailures);
  });

  it.each(['', 'yes', 1, null])('is not %j', (value) => {
    const { code, message } = refusalOf({ 'tracker:announceFailures': value });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toMatch(/^tracker:announceFailures\b.*\bmust be true or false\b/);
  });
});

describe('a text', () => {
  it.each([1, true, null, ['https://platform.kore.ai']])('is not %j', (value) => {
    const { code, message } = refusalOf({ 'tracker:host': value });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toMatch(/^tracker:host\b.*\bmust be a string\b/);
    expect(message).toContain(`it is ${JSON.stringify(value)}`);
  });
});

describe('durations', () => {
  it('are in the unit that their key names', () => {
    const { deadline, retention } = propsWith({
      'tracker:deadlineSeconds': '90',
      'tracker:retentionDays': '2',
    });
    expect(deadline?.toSeconds()).toBe(90);
    expect(retention?.toDays()).toBe(2);
  });
});

describe('the removal policy', () => {
  it.each([
    ['retain', RemovalPolicy.RETAIN],
    ['destroy', RemovalPolicy.DESTROY],
  ])('"%s" is understood', (word, policy) => {
    expect(propsWith({ 'tracker:removalPolicy': word }).removalPolicy).toBe(policy);
  });

  it.each(['', 'Retain', 'delete', 'snapshot'])('"%s" is refused', (word) => {
    const { code, message } = refusalOf({ 'tracker:removalPolicy': word });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toBe(
      `tracker:removalPolicy in the context is "${word}": it must be "retain" or "destroy".`,
    );
  });
});

describe('a key that does not exist', () => {
  it.each(['tracker:hosts', 'tracker:', 'tracker:Host', 'tracker:capsSeconds'])(
    '"%s" is refused with a list of those that do',
    (key) => {
      const { code, message } = refusalOf({ [key]: 'x' });
      expect(code).toBe('INVALID_CONFIGURATION');
      expect(message).toContain(`"${key}"`);
      expect(message).toContain('tracker:host');
      expect(message).toContain('tracker:encryptionKeyArn');
    },
  );
});

describe('a key of 0.1.0', () => {
  it.each([
    ['tracker:firstCheckSeconds', 'Leave it out: the first check is planned'],
    ['tracker:checkWorthSeconds', 'Choose a pace: "prompt" or "balanced" or "thrifty".'],
  ])('%s is refused with what to do in its place', (key, instead) => {
    const { code, message } = refusalOf({ [key]: 35 });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toContain(`the context has "${key}", which is no setting any more. ${instead}`);
  });
});

it('is not read where the tracker is configured in code', () => {
  const app = appWith({ 'tracker:nonsense': 1 });
  expect(() => new DeliveryTrackerStack(app, 'DeliveryTracker', { tracker: {} })).not.toThrow();
});

it.each([
  ['tracker:capSeconds', -5],
  ['tracker:retentionDays', -5],
  ['tracker:logRetentionDays', 45],
  ['tracker:secretArn', 'nonsense'],
  ['tracker:previousEventBusNames', 'old-bus,'],
  ['tracker:eventArchiveDays', -1],
  ['tracker:encryptionKeyArn', 'nonsense'],
])('names %s where its value cannot become anything', (key, value) => {
  const { code, message } = refusalOf({ [key]: value });

  expect(code).toBe('INVALID_CONFIGURATION');
  expect(message).toContain(`${key} in the context is ${JSON.stringify(value)}`);
});
