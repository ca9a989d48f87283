import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Lazy, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { SnsTopic, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, describe, expect, it } from 'vitest';
import type { BotProps } from '../../lib/configuration/bot-props.ts';
import { DeliveryTracker } from '../../lib/delivery-tracker.ts';

interface Rule {
  readonly Description: string;
  readonly EventBusName: unknown;
  readonly EventPattern: Record<string, unknown>;
  readonly Targets?: readonly Record<string, unknown>[];
}

interface Statement {
  readonly Effect: string;
}

const assemblies = mkdtempSync(join(tmpdir(), 'delivery-tracker-'));
afterAll(() => rmSync(assemblies, { recursive: true }));

function newApp(): App {
  return new App({
    outdir: mkdtempSync(join(assemblies, 'assembly-')),
    context: { 'aws:cdk:bundling-stacks': [] },
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
}

/** Synthesises what `build` puts into a stack. */
function synthesised<T>(build: (stack: Stack) => T) {
  const app = newApp();
  const stack = new Stack(app, 'Stack');
  const built = build(stack);
  return { ...built, stack, template: Template.fromStack(stack) };
}

/** The rule that starts the reporter, among others. */
const INTERRUPTED = { Properties: { EventPattern: { source: ['aws.states'] } } };

describe('a workload that may start trackings', () => {
  const { stack, template, tracker } = synthesised((stack) => {
    const tracker = new DeliveryTracker(stack, 'Tracker');
    const workload = new Role(stack, 'Workload', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    tracker.grantStartTracking(workload);
    return { tracker };
  });

  it('may start executions of the state machine, and nothing else', () => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
      JSON.stringify(Properties.Roles).includes('Workload'),
    );
    expect(policies.map(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([
      [
        {
          Effect: 'Allow',
          Action: 'states:StartExecution',
          Resource: stack.resolve(tracker.stateMachine.stateMachineArn),
        },
      ],
    ]);
  });
});

describe('a consumer that may read logs', () => {
  const { stack, template, tracker } = synthesised((stack) => {
    const tracker = new DeliveryTracker(stack, 'Tracker', { encryptionKey: new Key(stack, 'Key') });
    const consumer = new Role(stack, 'Consumer', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    tracker.grantReadLogs(consumer);
    return { tracker };
  });

  it('may get from and query the table, query its indexes and decrypt them, but not scan', () => {
    const [policy] = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
      JSON.stringify(Properties.Roles).includes('Consumer'),
    );
    const table = stack.resolve(tracker.table.tableArn);
    const index = (name: string) => ({ 'Fn::Join': ['', [table, `/index/${name}`]] });
    expect(policy?.Properties.PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Action: 'kms:Decrypt' }),
      {
        Effect: 'Allow',
        Action: 'dynamodb:Query',
        Resource: [
          table,
          index('by-recipient'),
          index('failures-by-bot-and-day'),
          index('summaries-by-campaign'),
        ],
      },
      { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'], Resource: table },
    ]);
  });
});

describe('a tracker of several bots', () => {
  const { stack, template, secret } = synthesised((stack) => {
    const secret = new Secret(stack, 'OtherCredentials');
    new DeliveryTracker(stack, 'Tracker', {
      bots: { 'st-2': { secret }, 'st-3': { host: 'https://bots.example.com', apiScope: 'admin-console' } },
    });
    return { secret };
  });
  const [{ Properties } = { Properties: {} }] = Object.entries(
    template.findResources('AWS::Lambda::Function'),
  )
    .filter(([id]) => id.startsWith('TrackerCheckDelivery'))
    .map(([, resource]) => resource);

  it("tells the function where each bot's own host, scope and secret are", () => {
    const [[id, { Properties: stored }] = ['', { Properties: {} }]] = Object.entries(
      template.findResources('AWS::SecretsManager::Secret'),
    ).filter(([id]) => id.startsWith('TrackerBots'));

    expect(stored.SecretString['Fn::Join'][1]).toEqual([
      '{"st-2":{"secretArn":"',
      stack.resolve(secret.secretArn),
      '"},"st-3":{"host":"https://bots.example.com","apiScope":"admin-console"}}',
    ]);
    expect(Properties.Environment.Variables.BOTS).toEqual({
      'Fn::Join': ['', [expect.stringMatching(/^[0-9a-f]{16} $/), { Ref: id }]],
    });
  });

  it('tells it so anew whenever any of that changes, so that no container goes on with what was before', () => {
    const told: Record<string, BotProps>[] = [
      { 'st-2': { host: 'https://one.example.com' } },
      { 'st-2': { host: 'https://two.example.com' } },
      { 'st-3': { host: 'https://two.example.com' } },
    ];
    const versions = told.map((bots) => {
      const { template } = synthesised((stack) => ({
        tracker: new DeliveryTracker(stack, 'Tracker', { bots }),
      }));
      return JSON.stringify(template.findResources('AWS::Lambda::Function')).match(/[0-9a-f]{16} /)?.[0];
    });

    expect(new Set(versions).size).toBe(3);
  });

  it('may be told a secret that is known only once the app is complete', () => {
    let arn: string | undefined;
    const stack = new Stack(new App(), 'Stack');
    const secretArn = Lazy.string({ produce: () => arn ?? expect.fail('it is asked for too early') });

    new DeliveryTracker(stack, 'Tracker', {
      bots: { 'st-2': { secret: Secret.fromSecretCompleteArn(stack, 'Late', secretArn) } },
    });

    arn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:late-AbCdEf';
    Template.fromStack(stack).hasResourceProperties('AWS::SecretsManager::Secret', {
      SecretString: JSON.stringify({ 'st-2': { secretArn: arn } }),
    });
  });

  it("may read every bot's secret, and no other", () => {
    const read = Object.values(template.findResources('AWS::IAM::Policy'))
      .flatMap((policy) => policy.Properties.PolicyDocument.Statement)
      .filter(({ Action }) => Action.includes('secretsmanager:GetSecretValue'));
    expect(read.map(({ Resource }) => JSON.stringify(Resource))).toEqual([
      expect.stringContaining('TrackerCredentials'),
      expect.stringContaining('OtherCredentials'),
      expect.stringContaining('TrackerBots'),
    ]);
  });
});

describe('a tracker in a VPC', () => {
  const { stack, template, group } = synthesised((stack) => {
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const group = new SecurityGroup(stack, 'Group', { vpc });
    const vpcSubnets = { subnetType: SubnetType.PRIVATE_WITH_EGRESS };
    new DeliveryTracker(stack, 'Tracker', { vpc, vpcSubnets, securityGroups: [group] });
    return { group };
  });

  it('has its functions there, and lets them make their network interfaces', () => {
    template.allResourcesProperties('AWS::Lambda::Function', {
      VpcConfig: { SecurityGroupIds: [stack.resolve(group.securityGroupId)], SubnetIds: Match.anyValue() },
    });
    const allowed = Object.values(template.findResources('AWS::IAM::Policy')).filter((policy) =>
      JSON.stringify(policy).includes('ec2:CreateNetworkInterface'),
    );
    expect(allowed.map(({ Properties }) => Properties.Roles[0].Ref)).toEqual([
      expect.stringMatching(/^TrackerCheckDeliveryRole/),
      expect.stringMatching(/^TrackerCampaignsCheckCampaignRole/),
    ]);
  });
});

describe('two trackers in one stack', () => {
  const { trackers, template } = synthesised((stack) => ({
    trackers: [new DeliveryTracker(stack, 'One'), new DeliveryTracker(stack, 'Two')],
  }));

  it('have names, and outputs, of their own', () => {
    expect(trackers.map(({ trackerName }) => trackerName)).toEqual(['Stack-One', 'Stack-Two']);
    const keys = Object.keys(template.findOutputs('*')).map((key) => key.replace(/[0-9A-F]{8}$/, ''));
    const parts = [
      ...['StateMachineArn', 'CampaignStateMachineArn', 'TableName', 'CallBudgetTableName'],
      ...['EventBusName', 'SecretArn', 'CommandLine'],
    ];
    expect(keys.sort()).toEqual(['One', 'Two'].flatMap((id) => parts.map((part) => id + part)).sort());
  });
});

describe('a tracker in a nested stack', () => {
  const { nested, template } = synthesised((stack) => {
    const nested = new NestedStack(stack, 'Nested');
    new DeliveryTracker(nested, 'Tracker');
    return { nested };
  });

  it('has its outputs there, beside its parts', () => {
    const { SecretArn } = outputsOf(Template.fromStack(nested));

    expect(SecretArn).toEqual({ Ref: expect.stringMatching(/^TrackerCredentials/) });
    expect(outputsOf(template)).toEqual({});
  });
});

/** Values of the outputs of a tracker, by their ids in it. */
function outputsOf(template: Template): Record<string, unknown> {
  const outputs = Object.entries(template.findOutputs('*'));
  return Object.fromEntries(
    outputs.map(([key, { Value }]) => [key.replace(/^Tracker|[0-9A-F]{8}$/g, ''), Value]),
  );
}

describe('a rule on final events', () => {
  const { stack, template, tracker, rules } = synthesised((stack) => {
    const tracker = new DeliveryTracker(stack, 'Tracker');
    const topic = new Topic(stack, 'Topic');
    const rules = {
      complete: tracker.onDeliveryComplete('Complete', { targets: [new SnsTopic(topic)] }),
      timedOut: tracker.onDeliveryTimedOut('TimedOut', { targets: [new SnsTopic(topic)] }),
      failed: tracker.onTrackingFailed('Failed', { targets: [new SnsTopic(topic)] }),
      unreached: tracker.onDeliveryComplete('Unreached', {
        statuses: ['PARTIAL_SUCCESS', 'FAILURE'],
        description: 'Send an SMS instead',
      }),
      late: tracker.onDeliveryComplete('Late'),
      own: tracker.onDeliveryComplete('Own', {
        targets: [
          new SqsQueue(new Queue(stack, 'Orders'), {
            deadLetterQueue: new Queue(stack, 'OrdersLost'),
            maxEventAge: Duration.hours(1),
            retryAttempts: 3,
          }),
        ],
      }),
      inTheCdksWay: tracker.onTrackingFailed('InTheCdksWay', {
        targets: [new SnsTopic(topic, { deadLetterQueue: tracker.deadLetterQueue })],
      }),
    };
    rules.late.addTarget(new SnsTopic(topic));
    return { tracker, rules };
  });
  type RuleName = keyof typeof rules;
  const ruleOf = (name: RuleName): Rule => {
    const { ref } = rules[name].node.defaultChild as unknown as { ref: string };
    return template.toJSON().Resources[stack.resolve(ref).Ref].Properties;
  };
  const deadLetterQueueArn = stack.resolve(tracker.deadLetterQueue.queueArn);
  const inTheTrackersCare = {
    RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    DeadLetterConfig: { Arn: deadLetterQueueArn },
  };

  it.each<[RuleName, string]>([
    ['complete', 'Notification Delivery Complete'],
    ['timedOut', 'Notification Delivery Timed Out'],
    ['failed', 'Notification Tracking Failed'],
  ])('"%s" hears of "%s" from this tracker, whatever the status', (name, detailType) => {
    const [partition, region, account] = ['Partition', 'Region', 'AccountId'].map((name) => ({
      Ref: `AWS::${name}`,
    }));
    const executions = ['arn:', partition, ':states:', region, ':', account, ':execution:'];
    const stateMachineName = stack.resolve(tracker.stateMachine.stateMachineName);
    expect(ruleOf(name).EventPattern).toEqual({
      source: ['notification-delivery-tracker'],
      'detail-type': [detailType],
      detail: {
        metadata: { id: [{ prefix: { 'Fn::Join': ['', [...executions, stateMachineName, ':']] } }] },
      },
    });
  });

  it('hears of the statuses that it names only', () => {
    expect(ruleOf('unreached').EventPattern).toMatchObject({
      detail: { data: { status: ['PARTIAL_SUCCESS', 'FAILURE'] } },
    });
  });

  it.each<RuleName>(['complete', 'timedOut', 'failed', 'unreached', 'own'])(
    '"%s" listens to the bus of the tracker',
    (name) => {
      expect(ruleOf(name).EventBusName).toEqual(stack.resolve(tracker.eventBus.eventBusName));
    },
  );

  it('has the description that it was given, or one that names the event', () => {
    expect(ruleOf('unreached').Description).toBe('Send an SMS instead');
    expect(ruleOf('failed').Description).toContain('Notification Tracking Failed');
  });

  it.each<RuleName>(['complete', 'timedOut', 'failed'])(
    '"%s" retries its target for a day and then keeps the event',
    (name) => {
      expect(ruleOf(name).Targets).toEqual([expect.objectContaining(inTheTrackersCare)]);
    },
  );

  it('takes the same care of a target that is added later', () => {
    expect(ruleOf('late').Targets).toEqual([expect.objectContaining(inTheTrackersCare)]);
  });

  it("leaves a target's own retry policy and dead-letter queue as they are", () => {
    expect(ruleOf('own').Targets).toEqual([
      expect.objectContaining({
        RetryPolicy: { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 3 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^OrdersLost/), 'Arn'] } },
      }),
    ]);
  });

  describe('and the dead-letter queue', () => {
    const policies = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
    const queueId = deadLetterQueueArn['Fn::GetAtt'][0];
    const statements: Statement[] = policies
      .filter(({ Properties }) => JSON.stringify(Properties.Queues) === JSON.stringify([{ Ref: queueId }]))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

    const ownRules = stack.formatArn({ service: 'events', resource: 'rule', resourceName: '*' });

    it('lets the rules of its account and region send there, in one statement for all, and nobody else', () => {
      expect(statements.filter(({ Effect }) => Effect === 'Allow')).toEqual([
        {
          Sid: 'DeadLettersOfRules',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: deadLetterQueueArn,
          Condition: { ArnLike: { 'aws:SourceArn': [stack.resolve(ownRules)] } },
        },
      ]);
    });

    it('wants TLS of everybody', () => {
      expect(statements.filter(({ Effect }) => Effect === 'Deny')).toEqual([
        expect.objectContaining({ Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]);
    });
  });
});

describe('a tracker with resources of others', () => {
  const { stack, template, secret, eventBus, tracker, rule } = synthesised((stack) => {
    const secret = new Secret(stack, 'KoreApp');
    const eventBus = new EventBus(stack, 'CompanyBus');
    const tracker = new DeliveryTracker(stack, 'Tracker', {
      secret,
      eventBus,
      eventSource: 'com.example/tracker',
      removalPolicy: RemovalPolicy.DESTROY,
      logRetention: RetentionDays.ONE_WEEK,
    });
    return { secret, eventBus, tracker, rule: tracker.onTrackingFailed('Failed') };
  });

  it('reads their secret and makes none', () => {
    template.resourceCountIs('AWS::SecretsManager::Secret', 1);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { SECRET_ARN: stack.resolve(secret.secretArn) } },
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: Match.arrayWith(['secretsmanager:GetSecretValue']),
            Resource: stack.resolve(secret.secretArn),
          }),
        ]),
      },
    });
  });

  it('publishes to their bus, under their source, and makes no bus', () => {
    template.resourceCountIs('AWS::Events::EventBus', 1);
    const busArn = JSON.stringify(stack.resolve(eventBus.eventBusArn));
    for (const { Properties } of Object.values(template.findResources('AWS::StepFunctions::StateMachine'))) {
      expect(JSON.stringify(Properties.DefinitionString)).toContain(busArn);
      expect(JSON.stringify(Properties.DefinitionString)).toContain('com.example/tracker');
      expect(JSON.stringify(Properties.DefinitionString)).not.toContain('notification-delivery-tracker');
    }
    template.resourcePropertiesCountIs(
      'AWS::IAM::Policy',
      {
        PolicyDocument: {
          Statement: Match.arrayWith([
            { Effect: 'Allow', Action: 'events:PutEvents', Resource: stack.resolve(eventBus.eventBusArn) },
          ]),
        },
      },
      3,
    );
  });

  it('has rules on their bus for their source', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: stack.resolve(eventBus.eventBusName),
      EventPattern: { source: ['com.example/tracker'], 'detail-type': ['Notification Tracking Failed'] },
    });
    expect(rule.node.scopes).toContain(tracker);
  });

  it('exposes what it was given', () => {
    expect(tracker.secret).toBe(secret);
    expect(tracker.eventBus).toBe(eventBus);
  });

  it('goes with its stack where it was told so', () => {
    template.allResources('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });
    template.allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
  });

  it('keeps its own logs as long as it was told', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
  });
});

describe('a tracker whose table is warmed', () => {
  it('has a table and indexes that are ready for as many writes', () => {
    const { template } = synthesised((stack) => {
      new DeliveryTracker(stack, 'Tracker', { warmWriteThroughput: 16_000 });
    });
    const WarmThroughput = { WriteUnitsPerSecond: 16_000 };

    template.hasResourceProperties('AWS::DynamoDB::Table', {
      WarmThroughput,
      GlobalSecondaryIndexes: [
        Match.objectLike({ IndexName: 'by-recipient', WarmThroughput }),
        Match.objectLike({ IndexName: 'failures-by-bot-and-day', WarmThroughput }),
        Match.objectLike({ IndexName: 'summaries-by-campaign', WarmThroughput }),
      ],
    });
  });
});

describe('a tracker with an encryption key', () => {
  const { stack, template, key } = synthesised((stack) => {
    const key = new Key(stack, 'Key');
    new DeliveryTracker(stack, 'Tracker', { encryptionKey: key, removalPolicy: RemovalPolicy.DESTROY });
    return { key };
  });
  const keyArn = stack.resolve(key.keyArn);

  it('encrypts the table with it', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
    });
  });

  it('encrypts the secret that it makes with it', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', { KmsKeyId: keyArn });
  });

  it('encrypts nothing else with it', () => {
    const resources = Object.values<{ Type: string }>(template.toJSON().Resources);
    const users = resources
      .filter(({ Type }) => Type !== 'AWS::IAM::Policy' && Type !== 'AWS::KMS::Key')
      .filter((resource) => JSON.stringify(resource).includes(JSON.stringify(keyArn)));
    expect(users.map(({ Type }) => Type).sort()).toEqual([
      'AWS::DynamoDB::Table',
      'AWS::SecretsManager::Secret',
    ]);
  });

  it('lets those use it that write rows, and no other role', () => {
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
      JSON.stringify(Properties.PolicyDocument).includes('kms:'),
    );
    expect(policies.map(({ Properties }) => Properties.Roles)).toEqual([
      [{ Ref: expect.stringMatching(/^TrackerCheckDeliveryRole/) }],
      [{ Ref: expect.stringMatching(/^TrackerTrackingRole/) }],
      [{ Ref: expect.stringMatching(/^TrackerCampaignsCheckCampaignRole/) }],
      [{ Ref: expect.stringMatching(/^TrackerCampaignsCampaignRole/) }],
      [{ Ref: expect.stringMatching(/^TrackerInterruptedReporterRole/) }],
    ]);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt']), Resource: keyArn }),
        ]),
      },
    });
  });

  it('lets the new secret go with the stack where it was told so', () => {
    template.allResources('AWS::SecretsManager::Secret', { DeletionPolicy: 'Delete' });
  });
});

describe('a tracker with a call budget of others', () => {
  const { stack, template, callBudgetTable, key, tracker } = synthesised((stack) => {
    const key = new Key(stack, 'BudgetKey');
    const callBudgetTable = new Table(stack, 'SharedBudget', {
      partitionKey: { name: 'bot', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
    });
    return {
      callBudgetTable,
      key,
      tracker: new DeliveryTracker(stack, 'Tracker', { callBudgetTable }),
    };
  });
  const statementsOn = (resource: unknown): Record<string, unknown>[] =>
    Object.values(template.findResources('AWS::IAM::Policy'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Resource }) => JSON.stringify(Resource) === JSON.stringify(stack.resolve(resource)));

  it('makes no table of call budgets', () => {
    const tables = Object.keys(template.findResources('AWS::DynamoDB::Table'));
    expect(tables.sort()).toEqual([
      expect.stringMatching(/^SharedBudget/),
      expect.stringMatching(/^TrackerDeliveryLog/),
    ]);
  });

  it('lets the function read and change the one that it was given, and nothing else', () => {
    expect(statementsOn(callBudgetTable.tableArn)).toEqual([
      {
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
        Resource: stack.resolve(callBudgetTable.tableArn),
      },
    ]);
  });

  it('lets the function use the key that the table is encrypted with', () => {
    expect(statementsOn(key.keyArn)).toEqual([
      expect.objectContaining({ Action: expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']) }),
    ]);
  });

  it('tells the function its name', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { BUDGET_TABLE_NAME: stack.resolve(callBudgetTable.tableName) } },
    });
  });

  it('exposes it', () => {
    expect(tracker.callBudgetTable).toBe(callBudgetTable);
  });
});

it("counts the calls of two trackers together where one is given the other's call budget", () => {
  const { stack, template, one } = synthesised((stack) => {
    const one = new DeliveryTracker(stack, 'One');
    new DeliveryTracker(stack, 'Other', { callBudgetTable: one.callBudgetTable });
    return { one };
  });

  const names = Object.values(template.findResources('AWS::Lambda::Function')).flatMap(
    ({ Properties }) => Properties.Environment.Variables.BUDGET_TABLE_NAME ?? [],
  );
  const shared = stack.resolve(one.callBudgetTable.tableName);
  expect(names).toEqual([shared, shared]);
});

describe('two trackers in one stack', () => {
  const { stack, template, one, other } = synthesised((stack) => ({
    one: new DeliveryTracker(stack, 'One', { defaultStreamId: 'st-1' }),
    other: new DeliveryTracker(stack, 'Other', { defaultStreamId: 'st-2' }),
  }));

  it('share no resource', () => {
    const counts = ['AWS::Lambda::Function', 'AWS::Events::EventBus'].map(
      (type) => Object.keys(template.findResources(type)).length,
    );
    expect(counts).toEqual([4, 2]);
    template.resourceCountIs('AWS::DynamoDB::Table', 4);
    template.resourceCountIs('AWS::StepFunctions::StateMachine', 6);
    template.resourceCountIs('AWS::Logs::LogGroup', 10);
  });

  it('name nothing of each other', () => {
    const resources = Object.entries<object>(template.toJSON().Resources);
    const ids = (name: string) => resources.map(([id]) => id).filter((id) => id.startsWith(name));
    const names = (resource: object, logicalIds: readonly string[]) =>
      logicalIds.some((id) => JSON.stringify(resource).includes(`"${id}"`));
    const mixed = resources.filter(
      ([, resource]) => names(resource, ids('One')) && names(resource, ids('Other')),
    );

    expect([...ids('One'), ...ids('Other')]).toHaveLength(resources.length);
    expect(ids('One')).toHaveLength(ids('Other').length);
    expect(mixed.map(([id]) => id)).toEqual([]);
    for (const [id, resource] of resources) {
      expect(names(resource, ids(id.startsWith('One') ? 'Other' : 'One'))).toBe(false);
    }
  });

  it('have log groups and state machines of different names', () => {
    const names = Object.values(template.findResources('AWS::Logs::LogGroup')).flatMap(
      ({ Properties }) => Properties.LogGroupName ?? [],
    );

    expect(new Set(names.map((name) => JSON.stringify(name))).size).toBe(6);
    expect(JSON.stringify(template.findResources('AWS::StepFunctions::StateMachine'))).not.toContain(
      'StateMachineName',
    );
  });

  it('have buses of different names', () => {
    const buses = Object.values(template.findResources('AWS::Events::EventBus'));
    expect(new Set(buses.map(({ Properties }) => Properties.Name)).size).toBe(2);
  });

  it('look after their own interrupted executions only', () => {
    const watched = Object.values(template.findResources('AWS::Events::Rule', INTERRUPTED)).map(
      ({ Properties }) => Properties.EventPattern.detail.stateMachineArn,
    );
    expect(watched).toEqual(
      [one, other].map(({ stateMachine, campaignStateMachine }) => [
        stack.resolve(stateMachine.stateMachineArn),
        stack.resolve(campaignStateMachine.stateMachineArn),
      ]),
    );
  });

  it('invoke functions of their own', () => {
    const machines = [one, other].flatMap((tracker) => [
      [tracker.stateMachine, tracker.checkFunction] as const,
      [tracker.campaignStateMachine, tracker.checkCampaignFunction] as const,
    ]);
    for (const [{ stateMachineArn }, { functionArn }] of machines) {
      const { Properties } = template.toJSON().Resources[stack.resolve(stateMachineArn).Ref];
      expect(JSON.stringify(Properties.DefinitionString)).toContain(
        JSON.stringify(stack.resolve(functionArn)),
      );
    }
  });
});

describe('the rule on interrupted executions', () => {
  const { template, stack, tracker } = synthesised((stack) => ({
    tracker: new DeliveryTracker(stack, 'Tracker'),
  }));
  const [rule] = Object.values(template.findResources('AWS::Events::Rule', INTERRUPTED));
  const { Targets: targets } = rule?.Properties ?? {};

  it('listens where AWS services speak: to the default bus', () => {
    expect(rule?.Properties).not.toHaveProperty('EventBusName');
  });

  it('hands all that is known of the execution to the reporter', () => {
    expect(targets).toHaveLength(1);
    expect(targets[0].Arn).toEqual({ Ref: expect.stringMatching(/^TrackerInterruptedReporterStateMachine/) });
    expect(targets[0].InputPath).toBe('$.detail');
  });

  it('keeps what the reporter did not take', () => {
    expect(targets[0].DeadLetterConfig).toEqual({ Arn: stack.resolve(tracker.deadLetterQueue.queueArn) });
  });
});

it('takes any id for a rule, also one that the tracker uses itself', () => {
  const tracker = new DeliveryTracker(new Stack(newApp(), 'Ids'), 'Tracker');

  for (const id of ['Events', 'Tracked', 'Interrupted', 'Tracking failed']) {
    expect(() => tracker.onDeliveryComplete(id)).not.toThrow();
  }
});

it('refuses a rule that reacts to no status', () => {
  const tracker = new DeliveryTracker(new Stack(newApp(), 'NoStatus'), 'Tracker');

  expect(() => tracker.onDeliveryComplete('Never', { statuses: [] })).toThrow(
    expect.objectContaining({ code: 'INVALID_CONFIGURATION' }),
  );
});

it('puts a rule for targets in another stack there, with a dead-letter queue beside it', () => {
  const app = newApp();
  const tracker = new DeliveryTracker(new Stack(app, 'Trackers'), 'Tracker');
  const stack = new Stack(app, 'Users');
  const queue = new Queue(stack, 'Queue');

  tracker.onTrackingFailed('Failed', { scope: stack, targets: [new SqsQueue(queue)] });

  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::SQS::Queue', 2);
  template.hasResourceProperties('AWS::Events::Rule', {
    Targets: [
      { DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FailedDeadLetters'), 'Arn'] } } },
    ],
  });
});
