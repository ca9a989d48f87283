/** `delivery-tracker doctor` in the deployment: troubles are planted one by one, and each is found. */
import assert from 'node:assert/strict';
import { CloudWatchClient, PutMetricDataCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import {
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
} from '@aws-sdk/client-eventbridge';
import { PurgeQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { parseCredentials } from '../../../contract/credentials.ts';
import type { TrackerDescription } from '../../../contract/tracker-description.ts';
import type { Fields } from '../account.ts';
import { course, type Scenario, SECRET, STREAM_ID, send, until, type World } from '../scenarios.ts';
import { runJson, runOnTerminal } from './command-line.ts';

interface Trouble {
  /** Of the findings, with a word of what each says. */
  readonly finds: Readonly<Record<string, string>>;
  plant(): Promise<unknown>;
  /** Left out for metrics, which nobody can take back. */
  mend?(): Promise<unknown>;
}

export const DOCTOR: Scenario = {
  name: 'delivery-tracker doctor finds each trouble that is planted',
  async run(world) {
    for (const { finds, plant, mend } of troublesOf(world)) {
      await plant();
      const { status, documents } = await runJson('doctor');
      await mend?.();
      const findings: Fields[] = documents[0]?.findings;
      const isFound = ([code, word]: [string, string]) =>
        findings.some((one) => one.code === code && one.what.includes(word));
      const missed = Object.entries(finds).filter((one) => !isFound(one));
      assert.deepEqual(missed, [], JSON.stringify(findings));
      assert.equal(status, 7);
    }
    const { stdout } = await runOnTerminal('doctor');
    const ok = [...stdout.matchAll(/^ok +([a-z ]+):/gm)].map(([, name]) => name);
    for (const name of ['secret', 'pauses', 'shared bots', 'event bus', 'dead letters', 'releases']) {
      assert.ok(ok.includes(name), stdout);
    }
  },
};

const HALF_AN_HOUR_MS = 1_800_000;
const TIMED_OUT = 'Delivery timed out';

function troublesOf(world: World): Trouble[] {
  const { account, kore, outputs } = world;
  const [description = '{}'] = Object.values(outputs.DeliveryTracker ?? {}).filter((value) =>
    value.startsWith('{"kind"'),
  );
  const tracker: TrackerDescription = JSON.parse(description);
  const { deadLetterQueueUrl: QueueUrl, eventBusName: EventBusName } = tracker;
  const { checkFunctionName: functionName = '' } = tracker;
  const [cloudWatch, sqs, events] = [new CloudWatchClient(), new SQSClient(), new EventBridgeClient()];

  const alarm = (StateValue: 'ALARM' | 'OK') =>
    cloudWatch.send(
      new SetAlarmStateCommand({
        AlarmName: tracker.alarms?.[TIMED_OUT],
        ...{ StateValue, StateReason: 'for doctor' },
      }),
    );
  const metric = (Namespace: string, MetricName: string, dimensions: Readonly<Record<string, string>>) => {
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    // Too old for alarms.
    const MetricData = [
      { MetricName, Dimensions, Value: 100, Timestamp: new Date(Date.now() - HALF_AN_HOUR_MS) },
    ];
    return cloudWatch.send(new PutMetricDataCommand({ Namespace, MetricData }));
  };
  const rules = async (act: typeof DisableRuleCommand | typeof EnableRuleCommand) => {
    const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName }));
    for (const { Name } of Rules) await events.send(new act({ Name, EventBusName }));
  };

  return [
    {
      finds: { SECRET_MALFORMED: 'INVALID_SECRET' },
      plant: () => account.putSecret('{"clientId":"cs-e2e"}'),
      mend: () => account.putSecret(SECRET),
    },
    {
      finds: { SECRET_PLACEHOLDER: 'NOT_CONFIGURED' },
      plant: () => account.putSecret('{"clientId":"REPLACE_ME","clientSecret":"REPLACE_ME"}'),
      mend: () => account.putSecret(SECRET),
    },
    {
      finds: { BOT_PAUSED: 'st-doctor' },
      plant: () => runJson('pause', 'st-doctor'),
      mend: () => runJson('resume', 'st-doctor'),
    },
    {
      finds: { DEAD_LETTERS: 'queue' },
      plant: () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' })),
      mend: () => sqs.send(new PurgeQueueCommand({ QueueUrl })),
    },
    { finds: { ALARM: TIMED_OUT }, plant: () => alarm('ALARM'), mend: () => alarm('OK') },
    {
      finds: { NO_RULES: 'disabled' },
      plant: () => rules(DisableRuleCommand),
      mend: () => rules(EnableRuleCommand),
    },
    {
      finds: { FUNCTION_FAILS: functionName, TABLE_THROTTLED: tracker.tableName, CALL_BUDGET_FULL: '100 %' },
      async plant() {
        await metric('AWS/Lambda', 'Errors', { FunctionName: functionName });
        await metric('AWS/DynamoDB', 'WriteThrottleEvents', { TableName: tracker.tableName });
        await metric('NotificationDeliveryTracker', 'CallBudgetUsed', { service: tracker.name });
      },
    },
    {
      finds: { KORE_CREDENTIALS_REFUSED: 'CREDENTIALS_REFUSED' },
      async plant() {
        kore.accept(parseCredentials(SECRET.replaceAll('e2e', 'nobody')));
        send(world, 'ds-doctor', course());
        await account.start('ds-doctor', { requestId: 'ds-doctor', streamId: STREAM_ID });
        await until(async () => kore.answers.slice(-2).every((status) => status === 401));
      },
      async mend() {
        kore.accept(parseCredentials(SECRET));
        await account.finalEvent('ds-doctor');
      },
    },
  ];
}
