/** The deployed stacks, seen through the SDK as their users see them. */

import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import {
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { CampaignInput } from '../../contract/campaign/campaign-input.ts';
import { NOT_REACHED_DETAIL_TYPE } from '../../contract/event/event-names.ts';
import { campaignPartition } from '../../contract/table-names.ts';

// biome-ignore lint/suspicious/noExplicitAny: a scenario reads any field of a document.
export type Fields = Record<string, any>;

export interface TrackerOutputs {
  readonly StateMachineArn: string;
  readonly CampaignStateMachineArn: string;
  readonly TableName: string;
  readonly EventBusName: string;
  readonly SecretArn: string;
}

export interface Account {
  /** Starts a tracking and returns the execution's ARN and start. */
  start(name: string, input: unknown): Promise<{ executionArn: string; startDate: Date | undefined }>;
  /** Starts the tracking of a campaign, named by its id. */
  startCampaign(input: CampaignInput): Promise<string>;
  stop(executionArn: string): Promise<void>;
  execution(executionArn: string): Promise<{ status: string; output: Fields | undefined }>;
  /** Rows of a notification without its summary. */
  logs(requestId: string): Promise<Fields[]>;
  summary(requestId: string): Promise<Fields | undefined>;
  /** The row of a campaign. */
  campaign(campaignId: string): Promise<Fields | undefined>;
  secret(): Promise<string | undefined>;
  putSecret(secret: string): Promise<void>;
  /** The final event of a notification or a campaign that a rule put into the queue; waits for it. */
  finalEvent(id: string): Promise<Fields>;
  /** Events that announced failures of a notification, so far. */
  announcements(requestId: string): readonly Fields[];
  /** Final events of a notification or a campaign so far, one for each attempt. */
  eventsOf(id: string): readonly Fields[];
  /** How many final events each execution had so far. */
  eventCounts(): ReadonlyMap<string, number>;
  /** Bodies of the messages in a queue that hold this text; they are removed. */
  take(queueUrl: string, text: string): Promise<Fields[]>;
  stopListening(): Promise<void>;
}

const EVENT_WITHIN_MS = 200_000;

export async function openAccount(outputs: TrackerOutputs): Promise<Account> {
  const sfn = new SFNClient();
  const sqs = new SQSClient();
  const db = DynamoDBDocumentClient.from(new DynamoDBClient());
  const events = new Map<string, Fields[]>();
  const announcements: Fields[] = [];
  const queueUrl = await listen(outputs.EventBusName, sqs);
  let listening = true;

  async function rows(requestId: string): Promise<Fields[]> {
    const found: Fields[] = [];
    const query = {
      TableName: outputs.TableName,
      KeyConditionExpression: 'requestId = :requestId',
      ExpressionAttributeValues: { ':requestId': requestId },
    };
    for await (const { Items = [] } of paginateQuery({ client: db }, query)) found.push(...Items);
    return found;
  }

  async function receive(url: string, waitSeconds: number): Promise<Fields[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: waitSeconds }),
    );
    for (const { ReceiptHandle } of Messages) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    }
    return Messages.map(({ Body = '{}' }) => JSON.parse(Body));
  }

  const listener = (async () => {
    while (listening) {
      for (const event of await receive(queueUrl, 1)) {
        const { requestId, campaignId: id = requestId } = event.detail.data;
        if (event['detail-type'] === NOT_REACHED_DETAIL_TYPE) announcements.push(event);
        else events.set(id, [...(events.get(id) ?? []), event]);
      }
    }
  })();

  async function start(stateMachineArn: string, name: string, input: unknown) {
    const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
    const { executionArn = '', startDate } = await sfn.send(command);
    return { executionArn, startDate };
  }

  return {
    start: (name, input) => start(outputs.StateMachineArn, name, input),
    async startCampaign(input) {
      return (await start(outputs.CampaignStateMachineArn, input.campaignId, input)).executionArn;
    },
    async stop(executionArn) {
      await sfn.send(new StopExecutionCommand({ executionArn }));
    },
    async execution(executionArn) {
      const { status = '', output } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      return { status, output: output === undefined ? undefined : JSON.parse(output) };
    },
    logs: async (requestId) => (await rows(requestId)).filter(({ logId }) => logId !== '#summary'),
    summary: async (requestId) => (await rows(requestId)).find(({ logId }) => logId === '#summary'),
    campaign: async (campaignId) => (await rows(campaignPartition(campaignId)))[0],
    async secret() {
      const command = new GetSecretValueCommand({ SecretId: outputs.SecretArn });
      return (await new SecretsManagerClient().send(command)).SecretString;
    },
    async putSecret(secret) {
      const command = new PutSecretValueCommand({ SecretId: outputs.SecretArn, SecretString: secret });
      await new SecretsManagerClient().send(command);
    },
    async finalEvent(id) {
      for (const end = Date.now() + EVENT_WITHIN_MS; Date.now() < end; await sleep(200)) {
        const [event] = events.get(id) ?? [];
        if (event !== undefined) return event;
      }
      throw new Error(`no final event of ${id} within ${EVENT_WITHIN_MS / 1000} s`);
    },
    announcements: (requestId) => announcements.filter(({ detail }) => detail.data.requestId === requestId),
    eventsOf: (id) => events.get(id) ?? [],
    eventCounts() {
      const counts = new Map<string, number>();
      for (const { detail } of [...events.values()].flat()) {
        counts.set(detail.metadata.id, (counts.get(detail.metadata.id) ?? 0) + 1);
      }
      return counts;
    },
    async take(url, text) {
      const taken: Fields[] = [];
      for (let batch = await receive(url, 0); batch.length > 0; batch = await receive(url, 0)) {
        taken.push(...batch.filter((message) => JSON.stringify(message).includes(text)));
      }
      return taken;
    },
    async stopListening() {
      listening = false;
      await listener;
    },
  };
}

/** A queue behind a rule on every event, as a user would have one. */
async function listen(eventBusName: string, sqs: SQSClient): Promise<string> {
  const eventBridge = new EventBridgeClient();
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'every-event' }));
  const attributes = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  const { QueueArn } = (await sqs.send(attributes)).Attributes ?? {};
  const rule = { Name: 'every-event', EventBusName: eventBusName };
  const pattern = { source: ['notification-delivery-tracker'] };
  await eventBridge.send(new PutRuleCommand({ ...rule, EventPattern: JSON.stringify(pattern) }));
  const Targets = [{ Id: 'queue', Arn: QueueArn }];
  await eventBridge.send(new PutTargetsCommand({ Rule: rule.Name, EventBusName: eventBusName, Targets }));
  return QueueUrl;
}
