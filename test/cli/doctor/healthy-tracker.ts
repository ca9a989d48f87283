/** A tracker of this release with which all is well, until a test plants a trouble. */
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { TrackerDescription } from '../../../contract/tracker-description.ts';
import { type CommandLine, commandLine, type Ran } from '../command-line.ts';

export const NOW = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;
/** That of the command line in tests. */
const RELEASE = '1.2.3';
export const GOOD_SECRET = JSON.stringify({ clientId: 'cs-1', clientSecret: 'never-to-be-printed' });
const SOURCE = 'notification-delivery-tracker';

export interface Planted {
  /** Of the secret; absent where Secrets Manager refuses it. */
  secret: { SecretString?: string } | { error: string };
  /** By heading. */
  alarms: Map<string, string>;
  deadLetters: number;
  /** Values by names such as `Errors of Check`. */
  metrics: Map<string, number>;
  rules: { Name: string; State?: string; Description?: string; EventPattern?: string; ManagedBy?: string }[];
}

export interface HealthyTracker {
  readonly line: CommandLine;
  readonly description: TrackerDescription;
  /** What AWS says, to be changed by a test. */
  readonly planted: Planted;
  /** As the stack says it. */
  describe(changes: Partial<TrackerDescription>): void;
  /** Makes all well again. */
  heal(): Promise<void>;
  /** A tracking that runs, with an obstacle for each of its checks, a minute apart; the latest is a minute old. */
  tracks(requestId: string, ...obstacles: (string | undefined)[]): void;
  budgetHolds(item: Record<string, unknown>, table?: string): Promise<unknown>;
  examine(...options: string[]): Promise<Ran>;
}

export async function healthyTracker(): Promise<HealthyTracker> {
  const line = await commandLine();
  const { aws, tables, tracker } = line;
  const description: TrackerDescription = {
    ...tracker,
    release: RELEASE,
    host: 'https://platform.kore.ai',
    apiScope: 'app-builder',
    secretArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Credentials-AbCdEf',
    eventBusArn: 'arn:aws:events:us-east-1:000000000000:event-bus/Events',
    checkFunctionName: 'Check',
    checkCampaignFunctionName: 'CheckCampaign',
    deadLetterQueueUrl: `${aws.origin}/000000000000/DeadLetters`,
    alarms: { 'Dead letters': 'alarm-1', 'Function errors': 'alarm-2' },
  };
  const planted = {} as Planted;
  const describe = (changes: Partial<TrackerDescription>) =>
    aws.stacks.set('DeliveryTracker', [JSON.stringify({ ...description, ...changes })]);

  aws.others.set('GetSecretValue', () => planted.secret);
  aws.others.set('GetQueueAttributes', () => ({
    Attributes: { ApproximateNumberOfMessages: String(planted.deadLetters) },
  }));
  aws.others.set('DescribeAlarms', ({ AlarmNames }) => ({
    MetricAlarms: Object.entries(description.alarms ?? {})
      .filter(([heading, name]) => AlarmNames.includes(name) && planted.alarms.has(heading))
      .map(([heading, AlarmName]) => ({
        AlarmName,
        AlarmDescription: `Tracker: what ${heading} means.`,
        StateValue: planted.alarms.get(heading),
        StateUpdatedTimestamp: (NOW - MINUTE) / 1000,
      })),
  }));
  aws.others.set('GetMetricStatistics', ({ MetricName, Dimensions, Statistics: [statistic] }) => {
    const of = Dimensions.map(({ Value }: { Value: string }) => Value).join('/');
    const value = planted.metrics.get(`${MetricName} of ${of}`);
    const point = { Timestamp: NOW / 1000, [statistic]: value };
    return { Datapoints: value === undefined ? [] : [point] };
  });
  aws.others.set('ListRules', () => ({ Rules: planted.rules }));

  return {
    ...{ line, description, planted, describe },
    async heal() {
      Object.assign(planted, {
        secret: { SecretString: GOOD_SECRET },
        alarms: new Map([
          ['Dead letters', 'OK'],
          ['Function errors', 'INSUFFICIENT_DATA'],
        ]),
        deadLetters: 0,
        metrics: new Map(),
        rules: [ownRule(), rule()],
      });
      describe({});
      aws.executions.clear();
      await empty(tracker.callBudgetTableName);
    },
    tracks(requestId, ...obstacles) {
      const events = obstacles.map((obstacle, index) => check(index + 1, obstacles.length, obstacle));
      aws.executions.set(requestId, { status: 'RUNNING', startedAt: NOW - 10 * MINUTE, events });
    },
    budgetHolds: (Item, TableName = tracker.callBudgetTableName) =>
      tables.client.send(new PutCommand({ TableName, Item })),
    examine: (...options) => line.runIn({ now: NOW }, 'doctor', ...options),
  };

  async function empty(TableName: string): Promise<void> {
    const { Items = [] } = await tables.client.send(new ScanCommand({ TableName }));
    for (const { bot } of Items) await tables.client.send(new DeleteCommand({ TableName, Key: { bot } }));
  }
}

export function rule(changes: Partial<Planted['rules'][number]> = {}): Planted['rules'][number] {
  return {
    Name: 'FollowUp',
    State: 'ENABLED',
    EventPattern: JSON.stringify({ source: [SOURCE] }),
    ...changes,
  };
}

/** The tracker's own (lib/events/bus-probe.ts). */
export function ownRule(): Planted['rules'][number] {
  return rule({
    Name: 'Probe',
    Description: 'Makes a deployment fail where the bus of final events does not exist; it needs no target',
  });
}

function check(number: number, of: number, obstacle: string | undefined): HistoryEvent {
  const isFailed = obstacle === 'UNEXPECTED_ERROR';
  const output = {
    outcome: 'waiting',
    nextCheckAt: '2026-11-24T12:01:00Z',
    request: { requestId: 'ds-1', streamId: 'st-1' },
    ...(isFailed
      ? { failures: number, progress: { checks: 0 } }
      : { obstacle, progress: { checks: number } }),
  };
  return {
    id: number,
    type: isFailed ? 'PassStateExited' : 'TaskStateExited',
    stateExitedEventDetails: {
      name: isFailed ? 'Check failed' : 'Check delivery',
      output: JSON.stringify(output),
    },
    timestamp: new Date(NOW - (of - number + 1) * MINUTE),
  };
}
