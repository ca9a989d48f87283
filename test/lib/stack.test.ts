import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { trackerDescriptionSchema } from '../../contract/tracker-description.ts';
import { DeliveryTracker } from '../../lib/delivery-tracker.ts';
import { DeliveryTrackerStack } from '../../lib/delivery-tracker-stack.ts';
import { readDeployment } from '../../local/aws/deployment.ts';
import { definitionsOf } from './definitions-of.ts';

/** It has no types of its own. */
const validate: (definition: object) => { errors: unknown[] } = createRequire(import.meta.url)(
  'asl-validator',
);

const assemblies = mkdtempSync(join(tmpdir(), 'stack-'));
afterAll(() => rmSync(assemblies, { recursive: true }));

const newApp = () =>
  new App({
    outdir: mkdtempSync(join(assemblies, 'assembly-')),
    context: { 'aws:cdk:bundling-stacks': [] },
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });

const template = Template.fromStack(new DeliveryTrackerStack(newApp(), 'DeliveryTracker', { tracker: {} }));
const only = (type: string, prefix = '') => {
  const all = Object.entries(template.findResources(type));
  const [found, ...others] = all.filter(([id]) => id.startsWith(prefix));
  if (found === undefined || others.length > 0) throw new Error(`not one ${type}`);
  const [id, resource] = found;
  return { id, resource, properties: resource.Properties };
};

it('is the template that was reviewed', () => {
  const masked = JSON.stringify(template.toJSON()).replaceAll(/\b[0-9a-f]{64}\b/g, '<asset>');
  expect(JSON.parse(masked)).toMatchSnapshot();
});

describe('the AWS Solutions rules of cdk-nag', () => {
  const nagged = (change: (stack: DeliveryTrackerStack) => void = () => {}) => {
    const app = newApp();
    change(new DeliveryTrackerStack(app, 'DeliveryTracker', { tracker: {} }));
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    return app;
  };

  it('find nothing', () => {
    expect(() => nagged().synth()).not.toThrow();
  });

  it('find nothing where an app has several trackers, and shares them', () => {
    const app = nagged((stack) => {
      const elsewhere = { env: { account: '123456789012', region: 'eu-west-1' } };
      for (const scope of [stack, new Stack(stack.node.root, 'Elsewhere', elsewhere)]) {
        const others = new AccountPrincipal('210987654321');
        new DeliveryTracker(scope, 'Other').shareWith('Others', others);
        const bots = { 'st-1': { host: 'https://bots.example.com' } };
        new DeliveryTracker(scope, 'Third', { announceFailures: true, bots });
      }
    });

    expect(() => app.synth()).not.toThrow();
  });

  it('would fail the synth if they found something', () => {
    const app = nagged((stack) => new Bucket(stack, 'Careless'));
    expect(() => app.synth()).toThrow(/AwsSolutions-S1\b/);
  });
});

describe('the outputs', () => {
  it.each([
    ['StateMachineArn', { Ref: Match.stringLikeRegexp('^TrackerTrackingStateMachine') }],
    ['CampaignStateMachineArn', { Ref: Match.stringLikeRegexp('^TrackerCampaignsCampaignStateMachine') }],
    ['TableName', { Ref: Match.stringLikeRegexp('^TrackerDeliveryLog') }],
    ['CallBudgetTableName', { Ref: Match.stringLikeRegexp('^TrackerCallBudget') }],
    ['EventBusName', { Ref: Match.stringLikeRegexp('^TrackerEvents') }],
    ['SecretArn', { Ref: Match.stringLikeRegexp('^TrackerCredentials') }],
  ])('name the %s', (output, value) => {
    template.hasOutput(output, { Value: value });
  });

  it('tell the command line where the parts of the tracker are', () => {
    const { outputs } = readDeployment(inject('assembly'), 'DeliveryTracker');
    const [description = ''] = Object.entries(outputs).flatMap(([key, value]) =>
      key.includes('CommandLine') ? [value] : [],
    );

    expect(trackerDescriptionSchema.parse(JSON.parse(description))).toMatchObject({
      name: 'DeliveryTracker-Tracker',
      stateMachineArn: outputs.StateMachineArn,
      campaignStateMachineArn: outputs.CampaignStateMachineArn,
      tableName: outputs.TableName,
      eventBusName: outputs.EventBusName,
      eventSource: 'notification-delivery-tracker',
    });
  });

  it('are no others', () => {
    expect(Object.keys(template.findOutputs('*'))).toHaveLength(7);
  });
});

describe.each([
  ['notifications', 'TrackerCheckDelivery'],
  ['campaigns', 'TrackerCampaignsCheckCampaign'],
])('the function of %s', (_, prefix) => {
  const { properties } = only('AWS::Lambda::Function', prefix);

  it('runs on Node.js 24 on Graviton', () => {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
    });
  });

  it('has 512 MB and a minute', () => {
    expect(properties).toMatchObject({ MemorySize: 512, Timeout: 60 });
  });

  it('logs as JSON to a log group of its own', () => {
    expect(properties.LoggingConfig).toEqual({
      LogFormat: 'JSON',
      LogGroup: { Ref: expect.stringMatching(new RegExp(`^${prefix}Logs`)) },
    });
  });

  it('is started with the room that was measured', () => {
    expect(properties.Environment.Variables.NODE_OPTIONS).toBe(
      '--max-old-space-size=460 --max-semi-space-size=8',
    );
  });
});

describe('the functions', () => {
  it('have the secret by its ARN only, and that of campaigns not at all', () => {
    const { id } = only('AWS::SecretsManager::Secret');
    const [delivery, campaign] = ['TrackerCheckDelivery', 'TrackerCampaignsCheckCampaign'].map(
      (prefix) => only('AWS::Lambda::Function', prefix).properties,
    );

    expect(delivery?.Environment.Variables.SECRET_ARN).toEqual({ Ref: id });
    expect(JSON.stringify(delivery)).not.toContain('{{resolve:');
    expect(JSON.stringify(campaign)).not.toContain(id);
  });

  it('are no more: the CDK added no custom resource', () => {
    template.resourceCountIs('AWS::Lambda::Function', 2);
    template.resourceCountIs('AWS::CloudFormation::CustomResource', 0);
  });

  it('of campaigns is told whose executions to ask, and to count once in fifty seconds', () => {
    const { properties } = only('AWS::Lambda::Function', 'TrackerCampaignsCheckCampaign');
    const { NODE_OPTIONS: _, ...variables } = properties.Environment.Variables;
    const table = only('AWS::DynamoDB::Table', 'TrackerDeliveryLog').id;

    expect(variables).toEqual({
      TRACKER_NAME: 'DeliveryTracker-Tracker',
      TABLE_NAME: { Ref: table },
      TABLE_ARN: { 'Fn::GetAtt': [table, 'Arn'] },
      TRACKING_STATE_MACHINE_ARN: { Ref: expect.stringMatching(/^TrackerTrackingStateMachine/) },
      DEADLINE_SECONDS: '86400',
      RETENTION_DAYS: '90',
      WAIT_SECONDS: '50',
    });
  });
});

describe('the log groups', () => {
  it('are five: of each function and of each state machine', () => {
    template.resourceCountIs('AWS::Logs::LogGroup', 5);
  });

  it('keep their lines for three months, also beyond the stack', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
    template.allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });
});

describe('the state machines', () => {
  const machines = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));

  it('are three Standard ones: of notifications, of campaigns, and reporting of interrupted executions', () => {
    const types = machines.map(({ Properties }) => Properties.StateMachineType);
    expect(types).toEqual(['STANDARD', 'STANDARD', 'STANDARD']);
  });

  it('log every event, but no data', () => {
    for (const { Properties } of machines) {
      expect(Properties.LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
    }
  });

  it('log to a group of their own', () => {
    const groups = machines.map(({ Properties }) =>
      JSON.stringify(Properties.LoggingConfiguration.Destinations),
    );
    expect(new Set(groups).size).toBe(3);
  });

  it('are traced', () => {
    template.allResourcesProperties('AWS::StepFunctions::StateMachine', {
      TracingConfiguration: { Enabled: true },
    });
  });

  it('have no time-out of their own, which would end an execution without an event', () => {
    const { stateMachine, campaignStateMachine, reporter } = readDeployment(
      inject('assembly'),
      'DeliveryTracker',
    );
    for (const { definition } of [stateMachine, campaignStateMachine, reporter]) {
      expect(JSON.parse(definition)).not.toHaveProperty('TimeoutSeconds');
    }
  });
});

describe('a definition in the Amazon States Language', () => {
  const { stateMachine, campaignStateMachine, reporter } = readDeployment(
    inject('assembly'),
    'DeliveryTracker',
  );

  it.each([
    ['notifications', stateMachine],
    ['campaigns', campaignStateMachine],
    ['reporting', reporter],
    ['notifications whose failures are announced', definitionsOf({ announceFailures: true }).stateMachine],
  ])('is valid for %s', (_, { definition }) => {
    expect(validate(JSON.parse(definition)).errors).toEqual([]);
  });

  it('would be found invalid without one of its states', () => {
    const { States, ...rest } = JSON.parse(stateMachine.definition);
    const { 'Publish delivery complete': _, ...others } = States;
    expect(validate({ ...rest, States: others }).errors).not.toEqual([]);
  });
});

describe('the table of delivery logs', () => {
  const { resource, properties } = only('AWS::DynamoDB::Table', 'TrackerDeliveryLog');

  it('is keyed by notification and log', () => {
    expect(properties.KeySchema).toEqual([
      { AttributeName: 'requestId', KeyType: 'HASH' },
      { AttributeName: 'logId', KeyType: 'RANGE' },
    ]);
  });

  it.each([
    ['by-recipient', 'recipient'],
    ['failures-by-bot-and-day', 'failureOf'],
  ])('has the index %s', (IndexName, partitionKey) => {
    expect(properties.GlobalSecondaryIndexes).toContainEqual({
      IndexName,
      KeySchema: [
        { AttributeName: partitionKey, KeyType: 'HASH' },
        { AttributeName: 'createdOn', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    });
  });

  it('has the index of the summaries of campaigns, with no more of them than a check counts', () => {
    expect(properties.GlobalSecondaryIndexes).toContainEqual({
      IndexName: 'summaries-by-campaign',
      KeySchema: [
        { AttributeName: 'campaignId', KeyType: 'HASH' },
        { AttributeName: 'requestId', KeyType: 'RANGE' },
      ],
      Projection: {
        ProjectionType: 'INCLUDE',
        NonKeyAttributes: ['outcome', 'counts', 'completedAt', 'expiresAt'],
      },
    });
  });

  it('has no other index', () => {
    expect(properties.GlobalSecondaryIndexes).toHaveLength(3);
  });

  it('forgets rows by their expiry', () => {
    expect(properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
  });

  it('can be restored to any point in time', () => {
    expect(properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
  });

  it('is paid by request', () => {
    expect(properties.BillingMode).toBe('PAY_PER_REQUEST');
    expect(properties).not.toHaveProperty('ProvisionedThroughput');
  });

  it('outlives the stack', () => {
    expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });
});

describe('the table of call budgets', () => {
  const { id, resource, properties } = only('AWS::DynamoDB::Table', 'TrackerCallBudget');

  it('has one item for each bot', () => {
    expect(properties.KeySchema).toEqual([{ AttributeName: 'bot', KeyType: 'HASH' }]);
    expect(properties.AttributeDefinitions).toEqual([{ AttributeName: 'bot', AttributeType: 'S' }]);
    expect(properties).not.toHaveProperty('GlobalSecondaryIndexes');
  });

  it('forgets bots by their expiry', () => {
    expect(properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
  });

  it('is paid by request', () => {
    expect(properties.BillingMode).toBe('PAY_PER_REQUEST');
    expect(properties).not.toHaveProperty('ProvisionedThroughput');
  });

  it('goes with the stack, for what it counts is of no use tomorrow', () => {
    expect(resource).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  it('is the one that the function is told', () => {
    const { Environment } = only('AWS::Lambda::Function', 'TrackerCheckDelivery').properties;
    expect(Environment.Variables.BUDGET_TABLE_NAME).toEqual({ Ref: id });
  });
});

describe('the secret', () => {
  const { resource, properties } = only('AWS::SecretsManager::Secret');

  it('holds a placeholder that nobody can take for a credential', () => {
    expect(JSON.parse(properties.SecretString)).toEqual({
      clientId: 'REPLACE_ME',
      clientSecret: 'REPLACE_ME',
    });
  });

  it('is not generated, which would replace what the operator put there', () => {
    expect(properties).not.toHaveProperty('GenerateSecretString');
  });

  it('outlives the stack', () => {
    expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });
});

describe('the dead-letter queue', () => {
  it('is encrypted and keeps events for two weeks', () => {
    expect(only('AWS::SQS::Queue').properties).toEqual({
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
  });
});
