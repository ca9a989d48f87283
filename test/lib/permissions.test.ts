import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, describe, expect, it } from 'vitest';
import { DeliveryTrackerStack } from '../../lib/delivery-tracker-stack.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
  readonly Principal?: { Service?: string };
}

const assemblies = mkdtempSync(join(tmpdir(), 'permissions-'));
afterAll(() => rmSync(assemblies, { recursive: true }));

const app = new App({
  outdir: mkdtempSync(join(assemblies, 'assembly-')),
  context: { 'aws:cdk:bundling-stacks': [] },
  analyticsReporting: false,
  builtinCloudFormationValidation: false,
});
const template = Template.fromStack(new DeliveryTrackerStack(app, 'DeliveryTracker', { tracker: {} }));

const array = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** A resource as a reader names it: its logical id without the hash. */
function nameOf(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { Ref, 'Fn::GetAtt': attribute } = resource as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  const logicalId = attribute?.[1] === 'Arn' ? attribute[0] : Ref;
  return logicalId?.replace(/[0-9A-F]{8}$/, '') ?? JSON.stringify(resource);
}

const roles = Object.entries(template.findResources('AWS::IAM::Role'));
const policies = Object.values(template.findResources('AWS::IAM::Policy'));
const statements = policies.flatMap(({ Properties }) => {
  const { Roles, PolicyDocument } = Properties as {
    Roles: unknown[];
    PolicyDocument: { Statement: Statement[] };
  };
  return Roles.flatMap((role) =>
    PolicyDocument.Statement.map((statement) => ({ role: nameOf(role), statement })),
  );
});
const grants = statements.flatMap(({ role, statement: { Effect, Action, Resource } }) =>
  array(Action).flatMap((action) =>
    array(Resource).map((resource) => ({ role, effect: Effect, action, resource: nameOf(resource) })),
  ),
);

/** What Step Functions needs to write its log and its traces; neither knows a narrower resource. */
const OBSERVABILITY = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

it('gives every role these permissions and no other', () => {
  const lines = grants.map(({ role, action, resource }) => `${role} -> ${action} -> ${resource}`);
  expect(lines.sort()).toEqual(
    [
      'TrackerCheckDeliveryRole -> dynamodb:GetItem -> TrackerCallBudget',
      'TrackerCheckDeliveryRole -> dynamodb:PutItem -> TrackerDeliveryLog',
      'TrackerCheckDeliveryRole -> dynamodb:Query -> TrackerDeliveryLog',
      'TrackerCheckDeliveryRole -> dynamodb:UpdateItem -> TrackerCallBudget',
      'TrackerCheckDeliveryRole -> dynamodb:UpdateItem -> TrackerDeliveryLog',
      'TrackerCheckDeliveryRole -> logs:CreateLogStream -> TrackerCheckDeliveryLogs',
      'TrackerCheckDeliveryRole -> logs:PutLogEvents -> TrackerCheckDeliveryLogs',
      'TrackerCheckDeliveryRole -> secretsmanager:DescribeSecret -> TrackerCredentials',
      'TrackerCheckDeliveryRole -> secretsmanager:GetSecretValue -> TrackerCredentials',
      'TrackerInterruptedReporterRole -> dynamodb:PutItem -> TrackerDeliveryLog',
      'TrackerInterruptedReporterRole -> dynamodb:UpdateItem -> TrackerDeliveryLog',
      'TrackerInterruptedReporterRole -> events:PutEvents -> TrackerEvents',
      ...OBSERVABILITY.map((action) => `TrackerInterruptedReporterRole -> ${action} -> *`),
      'TrackerInterruptedReporterStateMachineEventsRole -> states:StartExecution -> TrackerInterruptedReporterStateMachine',
      'TrackerTrackingRole -> dynamodb:PutItem -> TrackerDeliveryLog',
      'TrackerTrackingRole -> dynamodb:UpdateItem -> TrackerDeliveryLog',
      'TrackerTrackingRole -> events:PutEvents -> TrackerEvents',
      'TrackerTrackingRole -> lambda:InvokeFunction -> TrackerCheckDeliveryFunction',
      ...OBSERVABILITY.map((action) => `TrackerTrackingRole -> ${action} -> *`),
    ].sort(),
  );
});

it('allows by lists, and neither denies nor excepts', () => {
  for (const { statement } of statements) {
    expect(statement.Effect).toBe('Allow');
    expect(statement).not.toHaveProperty('NotAction');
    expect(statement).not.toHaveProperty('NotResource');
  }
});

it('has no wildcard in any action', () => {
  expect(grants.filter(({ action }) => action.includes('*'))).toEqual([]);
});

it('has the wildcard as a resource for log delivery and X-Ray only', () => {
  const wide = grants.filter(({ resource }) => resource.includes('*')).map(({ action }) => action);
  expect([...new Set(wide)].sort()).toEqual(OBSERVABILITY);
});

describe('a role', () => {
  it('is assumed by the one service that runs as it', () => {
    const trust = roles.map(([id, { Properties }]) => {
      const [statement, ...others] = Properties.AssumeRolePolicyDocument.Statement as Statement[];
      expect(others).toEqual([]);
      return [nameOf({ Ref: id }), statement?.Principal];
    });
    expect(Object.fromEntries(trust)).toEqual({
      TrackerCheckDeliveryRole: { Service: 'lambda.amazonaws.com' },
      TrackerTrackingRole: { Service: 'states.amazonaws.com' },
      TrackerInterruptedReporterRole: { Service: 'states.amazonaws.com' },
      TrackerInterruptedReporterStateMachineEventsRole: { Service: 'events.amazonaws.com' },
    });
  });

  it('gets its permissions from no managed and no inline policy that this test overlooks', () => {
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
    for (const [, { Properties }] of roles) {
      expect(Properties).not.toHaveProperty('ManagedPolicyArns');
      expect(Properties).not.toHaveProperty('Policies');
    }
  });
});

describe('a policy of a resource', () => {
  it('opens no function to anybody', () => {
    template.resourceCountIs('AWS::Lambda::Permission', 0);
  });

  it('opens the dead-letter queue to rules of its account and region only, and to nobody without TLS', () => {
    const [policy, ...others] = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
    expect(others).toEqual([]);
    const found: Statement[] = policy?.Properties.PolicyDocument.Statement;
    const [allowed, ...more] = found.filter(({ Effect }) => Effect === 'Allow');
    expect(more).toEqual([]);
    expect(allowed).toMatchObject({
      Action: 'sqs:SendMessage',
      Principal: { Service: 'events.amazonaws.com' },
      Condition: {
        ArnLike: { 'aws:SourceArn': [{ 'Fn::Join': ['', expect.arrayContaining([':rule/*'])] }] },
      },
    });
    expect(found.filter(({ Effect }) => Effect === 'Deny')).toMatchObject([
      { Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });
});
