/** Troubles that a drill plants, by the alarms that they would raise. */
import assert from 'node:assert/strict';
import { EventBridgeClient, ListRuleNamesByTargetCommand } from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { parseCredentials } from '../../../contract/credentials.ts';
import { trackerDescriptionSchema } from '../../../contract/tracker-description.ts';
import { ACCOUNT, REGION } from '../../../emulator/ministack.ts';
import { course, RECIPIENTS, SECRET, STREAM_ID, until, type World } from '../scenarios.ts';

export interface DrilledAlarm {
  /** Its entry in docs/runbook.md. */
  readonly heading: string;
  /** Brings the trouble about, and waits until it is there. */
  plant(world: World): Promise<Planted>;
}

interface Planted {
  /** What the runbook leaves open. */
  readonly placeholders: Readonly<Record<string, string>>;
  /** What the commands under See have to show. */
  readonly seen: readonly string[];
  /** What people do about the cause. */
  mend(): Promise<void>;
  isOver(): Promise<void>;
}

const BOT_IN_TROUBLE = 'st-drill';
const OTHER_SECRET = '{"clientId":"cs-drill","clientSecret":"not-the-secret-of-this-run-32-bytes"}';
const NOBODYS_SECRET = '{"clientId":"cs-nobody","clientSecret":"no-one-has-this-secret-at-all-32"}';

/** The first keeps all others waiting. */
export const DRILLED_ALARMS: readonly DrilledAlarm[] = [
  {
    heading: 'Credentials refused',
    async plant(world) {
      const before = world.kore.answers.length;
      await world.account.putSecret(OTHER_SECRET);
      // The function may still hold the right secret; only a refusal makes it read the other one.
      world.kore.accept(parseCredentials(NOBODYS_SECRET));
      send(world, 'ds-drill-secret');
      await start(world, 'ds-drill-secret');
      await until(
        async () => world.kore.answers.slice(before).filter((status) => status === 401).length >= 2,
      );
      return {
        placeholders: { 'st-…': STREAM_ID },
        seen: ['CREDENTIALS_REFUSED', 'ds-drill-secret'],
        async mend() {
          world.kore.accept(parseCredentials(SECRET));
        },
        isOver: () => completes(world, 'ds-drill-secret'),
      };
    },
  },
  {
    heading: 'Tracking failed',
    async plant(world) {
      const ids = ['ds-drill-failed-1', 'ds-drill-failed-2'];
      for (const id of ids) await start(world, id);
      for (const id of ids) await until(async () => world.account.eventsOf(id).length > 0);
      return {
        placeholders: { 'ds-…': 'ds-drill-failed-1', CODE: 'NOTIFICATION_NOT_FOUND' },
        seen: [...ids, 'NOTIFICATION_NOT_FOUND'],
        async mend() {
          for (const id of ids) send(world, id);
        },
        isOver: () => complete(world, ids),
      };
    },
  },
  {
    heading: 'Tracking stopped',
    async plant(world) {
      const ids = ['ds-drill-stopped-1', 'ds-drill-stopped-2'];
      for (const id of ids) {
        send(world, id, { durationSeconds: 3_600 });
        await world.account.stop((await start(world, id)).executionArn);
      }
      for (const id of ids) await until(async () => world.account.summary(id));
      return {
        placeholders: { 'ds-…': 'ds-drill-stopped-1' },
        seen: ids,
        async mend() {
          for (const id of ids) send(world, id);
        },
        isOver: () => complete(world, ids),
      };
    },
  },
  {
    heading: 'Kore unreachable',
    async plant(world) {
      let down = true;
      const before = world.kore.answers.length;
      send(world, 'ds-drill-down', { fault: () => (down ? 'down' : undefined) }, BOT_IN_TROUBLE);
      await start(world, 'ds-drill-down', BOT_IN_TROUBLE);
      await until(async () => world.kore.answers.slice(before).includes(503));
      return {
        placeholders: { 'st-…': BOT_IN_TROUBLE },
        seen: ['KORE_UNREACHABLE', 'ds-drill-down'],
        async mend() {
          down = false;
        },
        isOver: () => completes(world, 'ds-drill-down'),
      };
    },
  },
  {
    heading: 'Dead letters',
    async plant(world) {
      const sqs = new SQSClient();
      const { FollowUpQueueUrl = '' } = world.outputs.Campaign ?? {};
      const url = deadLetterQueueOf(world);
      await sqs.send(await deadLetter(world, url, FollowUpQueueUrl));
      return {
        placeholders: {},
        seen: ['ds-drill-dead', 'NO_PERMISSIONS'],
        mend: async () => {},
        async isOver() {
          const [event] = await world.account.take(FollowUpQueueUrl, 'ds-drill-dead');
          assert.equal(event?.detail.data.requestId, 'ds-drill-dead');
          const numbers = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
          const left = await sqs.send(
            new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...numbers] }),
          );
          assert.deepEqual(
            numbers.map((name) => left.Attributes?.[name]),
            ['0', '0'],
          );
        },
      };
    },
  },
];

function send(
  world: World,
  requestId: string,
  changes: Parameters<typeof course>[0] = {},
  streamId = STREAM_ID,
) {
  const sent = course({ durationSeconds: 1, ...changes });
  world.kore.send({ requestId, streamId, recipients: RECIPIENTS, course: sent });
}

function start({ account }: World, requestId: string, streamId = STREAM_ID) {
  return account.start(requestId, { requestId, streamId, recipients: RECIPIENTS });
}

async function complete(world: World, requestIds: readonly string[]): Promise<void> {
  await Promise.all(requestIds.map((requestId) => completes(world, requestId)));
}

async function completes({ account }: World, requestId: string): Promise<void> {
  await until(async () =>
    account.eventsOf(requestId).some((event) => event['detail-type'] === 'Notification Delivery Complete'),
  );
}

function deadLetterQueueOf({ outputs }: World): string {
  const values = Object.values(outputs.DeliveryTracker ?? {}).filter((value) => value.startsWith('{'));
  return trackerDescriptionSchema.parse(JSON.parse(values[0] ?? '')).deadLetterQueueUrl ?? '';
}

/** As EventBridge leaves one, of the rule whose target the queue is: the emulator does not. */
async function deadLetter({ outputs }: World, url: string, targetUrl: string): Promise<SendMessageCommand> {
  const targetArn = `arn:aws:sqs:${REGION}:${ACCOUNT}:${targetUrl.replace(/^.*\//, '')}`;
  const bus = outputs.DeliveryTracker?.EventBusName;
  const rules = await new EventBridgeClient().send(
    new ListRuleNamesByTargetCommand({ TargetArn: targetArn, EventBusName: bus }),
  );
  const attributes = {
    RULE_ARN: `arn:aws:events:${REGION}:${ACCOUNT}:rule/${bus}/${rules.RuleNames?.[0]}`,
    TARGET_ARN: targetArn,
    ERROR_CODE: 'NO_PERMISSIONS',
    ERROR_MESSAGE: 'The queue does not let the rule send.',
  };
  return new SendMessageCommand({
    QueueUrl: url,
    MessageBody: JSON.stringify({
      'detail-type': 'Notification Tracking Failed',
      detail: { data: { requestId: 'ds-drill-dead' } },
    }),
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    ),
  });
}
