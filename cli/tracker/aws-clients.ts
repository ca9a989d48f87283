/** The SDK's clients, with the credentials and the region that the AWS CLI would use. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface AwsClients {
  readonly cloudFormation: CloudFormationClient;
  readonly stepFunctions: SFNClient;
  readonly database: DynamoDBDocumentClient;
  // Few commands need the rest, so each is loaded when it is asked for.
  cloudWatch(): Promise<CloudWatchClient>;
  eventBridge(): Promise<EventBridgeClient>;
  secretsManager(): Promise<SecretsManagerClient>;
  sqs(): Promise<SQSClient>;
}

export interface AwsAccount {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

/** A batch meets throttling, so more than the SDK's three. */
const MOST_ATTEMPTS = 8;

export function connect({ region, profile }: AwsAccount): AwsClients {
  const settings = {
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    maxAttempts: MOST_ATTEMPTS,
  };
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
    eventBridge: once('events', async () => {
      const { EventBridgeClient } = await import('@aws-sdk/client-eventbridge');
      return new EventBridgeClient(settings);
    }),
    secretsManager: once('secretsmanager', async () => {
      const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
      return new SecretsManagerClient(settings);
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

const actions = new WeakMap<object, string>();

/** The IAM action, such as `states:StartExecution`, whose request ended in this error. */
export function actionOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? actions.get(error) : undefined;
}

function noteActions({ middlewareStack }: SFNClient, service: string): void {
  middlewareStack.add(
    (next, { commandName = '' }) =>
      async (request) => {
        try {
          return await next(request);
        } catch (error) {
          if (error instanceof Error) actions.set(error, `${service}:${commandName.replace(/Command$/, '')}`);
          throw error;
        }
      },
    { step: 'initialize', name: 'noteActions' },
  );
}
