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
import type { TrackerDescription } from '../../contract/tracker-description.ts';
import { parseCredentials } from '../../lambdas/check-delivery/kore/access/credentials.ts';
import type { Fields } from './account.ts';
import { runJson, runOnTerminal } from './command-line.ts';
import { course, type Scenario, SECRET, STREAM_ID, send, until, type World } from './scenarios.ts';

interface Trouble {
  readonly code: string;
  plant(): Promise<unknown>;
  /** Left out for metrics, which nobody can take back. */
  mend?(): Promise<unknown>;
}

export const DOCTOR: Scenario = {
  name: 'delivery-tracker doctor finds each trouble that is planted',
  async run(world) {
    const before = await found();
    const lasting: string[] = [];
    for (const { code, plant, mend } of troublesOf(world)) {
      await plant();
      const now = await found();
      if (mend === undefined) lasting.push(code);
      else await mend();
      assert.ok(now.includes(code), `${code} was planted, and doctor found ${now}`);
    }
    const { status, stdout } = await runOnTerminal('doctor');
    assert.equal(status, 7);
    assert.match(stdout, /^error +FUNCTION_FAILS$/m);
    assert.match(stdout, /^ok +secret: it holds credentials of the right form$/m);
    assert.deepEqual(
      (await found()).filter((code) => !lasting.includes(code)),
      before,
    );
  },
};

/** Codes of the findings, each once. */
async function found(): Promise<string[]> {
  const { documents } = await runJson('doctor');
  const findings: Fields[] = documents[0]?.findings;
  assert.deepEqual(
    findings.filter(({ code }) => code === 'NOT_EXAMINED'),
    [],
  );
  return [...new Set(findings.map(({ code }) => code))].sort();
}

const HALF_AN_HOUR_MS = 1_800_000;

function troublesOf(world: World): Trouble[] {
  const { account, kore, outputs } = world;
  const [description = '{}'] = Object.values(outputs.DeliveryTracker ?? {}).filter((value) =>
    value.startsWith('{"kind"'),
  );
  const tracker: TrackerDescription = JSON.parse(description);
  const { deadLetterQueueUrl: QueueUrl, eventBusName: EventBusName } = tracker;
  const [cloudWatch, sqs, events] = [new CloudWatchClient(), new SQSClient(), new EventBridgeClient()];

  const alarm = (StateValue: 'ALARM' | 'OK') =>
    cloudWatch.send(
      new SetAlarmStateCommand({
        AlarmName: tracker.alarms?.['Delivery timed out'],
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
      code: 'SECRET_MALFORMED',
      plant: () => account.putSecret('{"clientId":"cs-e2e"}'),
      mend: () => account.putSecret(SECRET),
    },
    {
      code: 'SECRET_PLACEHOLDER',
      plant: () => account.putSecret('{"clientId":"REPLACE_ME","clientSecret":"REPLACE_ME"}'),
      mend: () => account.putSecret(SECRET),
    },
    {
      code: 'BOT_PAUSED',
      plant: () => runJson('pause', 'st-doctor'),
      mend: () => runJson('resume', 'st-doctor'),
    },
    {
      code: 'DEAD_LETTERS',
      plant: () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' })),
      mend: () => sqs.send(new PurgeQueueCommand({ QueueUrl })),
    },
    { code: 'ALARM', plant: () => alarm('ALARM'), mend: () => alarm('OK') },
    {
      code: 'NO_RULES',
      plant: () => rules(DisableRuleCommand),
      mend: () => rules(EnableRuleCommand),
    },
    {
      code: 'FUNCTION_FAILS',
      plant: () => metric('AWS/Lambda', 'Errors', { FunctionName: tracker.checkFunctionName ?? '' }),
    },
    {
      code: 'TABLE_THROTTLED',
      plant: () => metric('AWS/DynamoDB', 'WriteThrottleEvents', { TableName: tracker.tableName }),
    },
    {
      code: 'CALL_BUDGET_FULL',
      plant: () => metric('NotificationDeliveryTracker', 'CallBudgetUsed', { service: tracker.name }),
    },
    {
      code: 'KORE_CREDENTIALS_REFUSED',
      async plant() {
        kore.accept(parseCredentials(SECRET.replaceAll('e2e', 'nobody')));
        send(world, 'ds-doctor', course());
        await account.start('ds-doctor', { requestId: 'ds-doctor', streamId: STREAM_ID });
        await until(async () => (await runJson('show', 'ds-doctor')).documents[0]?.obstacle !== undefined);
      },
      async mend() {
        kore.accept(parseCredentials(SECRET));
        await account.finalEvent('ds-doctor');
      },
    },
  ];
}
