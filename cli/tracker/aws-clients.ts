/** The SDK's clients, with the credentials and the region that the AWS CLI would use. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface AwsClients {
  readonly cloudFormation: CloudFormationClient;
  readonly stepFunctions: SFNClient;
  readonly database: DynamoDBDocumentClient;
  // Few commands need these: they are loaded at their first call.
  logs(): Promise<CloudWatchLogsClient>;
  queues(): Promise<SQSClient>;
  events(): Promise<EventBridgeClient>;
  functions(): Promise<LambdaClient>;
  topics(): Promise<SNSClient>;
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
  const dynamoDb = noted(new DynamoDBClient(settings), 'dynamodb');
  return {
    cloudFormation: noted(new CloudFormationClient(settings), 'cloudformation'),
    stepFunctions: noted(new SFNClient(settings), 'states'),
    database: DynamoDBDocumentClient.from(dynamoDb),
    logs: lazily(
      'logs',
      async () => new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogsClient(settings),
    ),
    queues: lazily('sqs', async () => new (await import('@aws-sdk/client-sqs')).SQSClient(settings)),
    events: lazily(
      'events',
      async () => new (await import('@aws-sdk/client-eventbridge')).EventBridgeClient(settings),
    ),
    functions: lazily(
      'lambda',
      async () => new (await import('@aws-sdk/client-lambda')).LambdaClient(settings),
    ),
    topics: lazily('sns', async () => new (await import('@aws-sdk/client-sns')).SNSClient(settings)),
  };
}

/** Loads and makes a client at the first call. */
function lazily<Client>(service: string, make: () => Promise<Client>): () => Promise<Client> {
  let made: Promise<Client> | undefined;
  return () => {
    made ??= make().then((client) => noted(client, service));
    return made;
  };
}

const actions = new WeakMap<object, string>();

/** The IAM action, such as `states:StartExecution`, whose request ended in this error. */
export function actionOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? actions.get(error) : undefined;
}

/** Where IAM has another name for it (AWS docs, Service Authorization Reference). */
const ACTIONS: Readonly<Record<string, string>> = { 'lambda:Invoke': 'lambda:InvokeFunction' };

function noted<Client>(client: Client, service: string): Client {
  (client as SFNClient).middlewareStack.add(
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
  return client;
}
