/** The SDK's clients, with the credentials and the region that the AWS CLI would use. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AwsAccount } from './aws-account.ts';

export interface AwsClients {
  readonly cloudFormation: CloudFormationClient;
  readonly stepFunctions: SFNClient;
  readonly database: DynamoDBDocumentClient;
  // Few commands need the rest, so each is loaded when it is asked for.
  cloudWatch(): Promise<CloudWatchClient>;
  cloudWatchLogs(): Promise<CloudWatchLogsClient>;
  eventBridge(): Promise<EventBridgeClient>;
  lambda(): Promise<LambdaClient>;
  secretsManager(): Promise<SecretsManager>;
  sns(): Promise<SNSClient>;
  sqs(): Promise<SQSClient>;
}

/** A batch meets throttling, so more than the SDK's three. */
const MOST_ATTEMPTS = 8;

export function connect({ region, profile }: AwsAccount): AwsClients {
  tellByEnvironment(profile);
  const settings = { ...(region !== undefined && { region }), maxAttempts: MOST_ATTEMPTS };
  const cloudFormation = new CloudFormationClient(settings);
  const stepFunctions = new SFNClient(settings);
  const dynamoDb = new DynamoDBClient(settings);
  for (const [client, service] of [
    [cloudFormation, 'cloudformation'],
    [stepFunctions, 'states'],
    [dynamoDb, 'dynamodb'],
  ] as const) {
    noteActions(client as SFNClient, service);
  }
  return {
    ...{ cloudFormation, stepFunctions, database: DynamoDBDocumentClient.from(dynamoDb) },
    cloudWatch: once('cloudwatch', async () => {
      const { CloudWatchClient } = await import('@aws-sdk/client-cloudwatch');
      return new CloudWatchClient(settings);
    }),
    cloudWatchLogs: once('logs', async () => {
      const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
      return new CloudWatchLogsClient(settings);
    }),
    eventBridge: once('events', async () => {
      const { EventBridgeClient } = await import('@aws-sdk/client-eventbridge');
      return new EventBridgeClient(settings);
    }),
    lambda: once('lambda', async () => {
      const { LambdaClient } = await import('@aws-sdk/client-lambda');
      return new LambdaClient(settings);
    }),
    secretsManager: once('secretsmanager', async () => {
      const { SecretsManager } = await import('@aws-sdk/client-secrets-manager');
      return new SecretsManager(settings);
    }),
    sns: once('sns', async () => {
      const { SNSClient } = await import('@aws-sdk/client-sns');
      return new SNSClient(settings);
    }),
    sqs: once('sqs', async () => {
      const { SQSClient } = await import('@aws-sdk/client-sqs');
      return new SQSClient(settings);
    }),
  };
}

function once<C>(service: string, load: () => Promise<C>): () => Promise<C> {
  let client: Promise<C> | undefined;
  return () => {
    client ??= load().then((loaded) => {
      noteActions(loaded as SFNClient, service);
      return loaded;
    });
    return client;
  };
}

/** What the SDK's clients cannot be told otherwise. */
function tellByEnvironment(profile: string | undefined): void {
  // They read endpoint_url and the services section of this profile, whatever profile they are given.
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
  // Their warning on Node.js 20 is for those who build with the SDK (aws-sdk-js-v3, issue 7983).
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
}

const actions = new WeakMap<object, string>();

/** The IAM action, such as `states:StartExecution`, whose request ended in this error. */
export function actionOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? actions.get(error) : undefined;
}

/** Where IAM has another name for it (AWS docs, Service Authorization Reference). */
const ACTIONS: Readonly<Record<string, string>> = { 'lambda:Invoke': 'lambda:InvokeFunction' };

function noteActions({ middlewareStack }: SFNClient, service: string): void {
  middlewareStack.add(
    (next, { commandName = '' }) =>
      async (request) => {
        try {
          return await next(request);
        } catch (error) {
          const action = `${service}:${commandName.replace(/Command$/, '')}`;
          if (error instanceof Error) actions.set(error, ACTIONS[action] ?? action);
          throw error;
        }
      },
    { step: 'initialize', name: 'noteActions' },
  );
}
