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
  const { Ref, ...functions } = resource as {
    Ref?: string;
    'Fn::GetAtt'?: [string, string];
    'Fn::Join'?: [string, unknown[]];
  };
  const { 'Fn::GetAtt': attribute, 'Fn::Join': joined } = functions;
  if (joined !== undefined) return joined[1].map(nameOf).join(joined[0]);
  const [logicalId = Ref, name = 'Arn'] = attribute ?? [];
  if (logicalId === undefined) return JSON.stringify(resource);
  return `${logicalId.replace(/[0-9A-F]{8}$/, '')}${name === 'Arn' ? '' : `.${name}`}`;
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

/** Whose executions the function of campaigns asks: names of executions are known only once they run. */
const EXECUTIONS =
  'arn:AWS::Partition:states:AWS::Region:AWS::AccountId:execution:TrackerTrackingStateMachine.Name:*';

it('gives every role these permissions and no other', () => {
  const lines = grants.map(({ role, action, resource }) => `${role} -> ${action} -> ${resource}`);
  expect(lines.sort()).toEqual(
    [
      'TrackerCampaignsCampaignRole -> dynamodb:UpdateItem -> TrackerDeliveryLog',
      'TrackerCampaignsCampaignRole -> events:PutEvents -> TrackerEvents',
      'TrackerCampaignsCampaignRole -> lambda:InvokeFunction -> TrackerCampaignsCheckCampaignFunction',
      ...OBSERVABILITY.map((action) => `TrackerCampaignsCampaignRole -> ${action} -> *`),
      'TrackerCampaignsCheckCampaignRole -> dynamodb:BatchGetItem -> TrackerDeliveryLog',
      'TrackerCampaignsCheckCampaignRole -> dynamodb:GetItem -> TrackerDeliveryLog',
      'TrackerCampaignsCheckCampaignRole -> dynamodb:PutItem -> TrackerDeliveryLog',
      'TrackerCampaignsCheckCampaignRole -> dynamodb:Query -> TrackerDeliveryLog/index/summaries-by-campaign',
      'TrackerCampaignsCheckCampaignRole -> dynamodb:UpdateItem -> TrackerDeliveryLog',
      'TrackerCampaignsCheckCampaignRole -> logs:CreateLogStream -> TrackerCampaignsCheckCampaignLogs',
      'TrackerCampaignsCheckCampaignRole -> logs:PutLogEvents -> TrackerCampaignsCheckCampaignLogs',
      `TrackerCampaignsCheckCampaignRole -> states:DescribeExecution -> ${EXECUTIONS}`,
      'TrackerCampaignsCheckCampaignRole -> states:ListExecutions -> TrackerTrackingStateMachine',
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
  const wide = grants.filter(({ resource }) => resource === '*').map(({ action }) => action);
  expect([...new Set(wide)].sort()).toEqual(OBSERVABILITY);
});

it('has a wildcard in a resource for the executions of one state machine only', () => {
  const prefixes = grants.filter(({ resource }) => resource !== '*' && resource.includes('*'));
  expect(prefixes).toEqual([
    expect.objectContaining({ action: 'states:DescribeExecution', resource: EXECUTIONS }),
  ]);
});

describe('a role', () => {
  it('is assumed by the one service that runs as it', () => {
    const trust = roles.map(([id, { Properties }]) => {
      const [statement, ...others] = Properties.AssumeRolePolicyDocument.Statement as Statement[];
      expect(others).toEqual([]);
      return [nameOf({ Ref: id }), statement?.Principal];
    });
    expect(Object.fromEntries(trust)).toEqual({
      TrackerCampaignsCheckCampaignRole: { Service: 'lambda.amazonaws.com' },
      TrackerCampaignsCampaignRole: { Service: 'states.amazonaws.com' },
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
