/** The operator's view: names on the dashboard, in alarms and in the runbook are those of what the code and AWS emit. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { METRIC_DIMENSION, METRIC_NAMESPACE, METRICS } from '../../../contract/metrics.ts';
import { DeliveryTracker } from '../../../lib/delivery-tracker.ts';
import { Monitoring } from '../../../lib/monitoring/monitoring.ts';
import type { MonitoringProps } from '../../../lib/monitoring/monitoring-props.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test reads any property of a resource.
type Properties = Record<string, any>;

/** Names of AWS's metrics that are used here, by namespace (AWS docs of each service, "metrics"), with their dimension. */
const AWS_METRICS: Readonly<
  Record<string, { readonly names: readonly string[]; readonly dimension: string }>
> = {
  'AWS/States': {
    names: ['ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionsAborted'],
    dimension: 'StateMachineArn',
  },
  'AWS/Lambda': { names: ['Invocations', 'Errors', 'Throttles', 'Duration'], dimension: 'FunctionName' },
  'AWS/DynamoDB': { names: ['WriteThrottleEvents', 'ConsumedWriteCapacityUnits'], dimension: 'TableName' },
  'AWS/SQS': { names: ['ApproximateNumberOfMessagesVisible'], dimension: 'QueueName' },
};

function synthesised(monitoring?: (stack: Stack) => MonitoringProps) {
  const stack = new Stack(
    new App({ analyticsReporting: false, builtinCloudFormationValidation: false }),
    'Stack',
  );
  const tracker = new DeliveryTracker(stack, 'Tracker', monitoring && { monitoring: monitoring(stack) });
  const template = Template.fromStack(stack);
  const propertiesOf = (type: string): Properties[] =>
    Object.values(template.findResources(type)).map((resource) => resource.Properties);
  return { stack, tracker, template, propertiesOf };
}

interface UsedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimension: string;
  /** Its value: the tracker's name, or a reference to a resource. */
  readonly value: unknown;
}

const { stack, tracker, template, propertiesOf } = synthesised();
const everyAlarm = propertiesOf('AWS::CloudWatch::Alarm');
/** Those of a single metric. */
const alarms = everyAlarm.filter(({ Metrics }) => Metrics === undefined);
const nameOf = ({ AlarmDescription }: Properties): string =>
  /What to do then: "(.*)" in docs\/runbook\.md/.exec(AlarmDescription)?.[1] ?? AlarmDescription;
const anchorOf = (alarm: Properties): string => nameOf(alarm).toLowerCase().replaceAll(' ', '-');
/** That of an index has the index's name before its table's. */
const alarmMetrics = alarms.map(({ Namespace, MetricName, Dimensions, ...alarm }) => ({
  anchor: anchorOf(alarm),
  namespace: Namespace as string,
  name: MetricName as string,
  dimension: Dimensions.at(-1).Name as string,
  value: Dimensions.at(-1).Value as unknown,
}));
const widgets = widgetsOf(propertiesOf('AWS::CloudWatch::Dashboard')[0]?.DashboardBody);
const runbook = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'runbook.md'), 'utf8');

/** The body is JSON with references in it; each becomes a text that names its resource. */
function widgetsOf(body: {
  'Fn::Join': [string, (string | { Ref?: string; 'Fn::GetAtt'?: string[] })[]];
}): UsedMetric[] {
  const text = body['Fn::Join'][1]
    .map((part) => (typeof part === 'string' ? part : (part.Ref ?? part['Fn::GetAtt']?.[0] ?? '')))
    .join('');
  const { widgets } = JSON.parse(text) as { widgets: { properties: { metrics: string[][] } }[] };
  return widgets.flatMap(({ properties }) =>
    properties.metrics.map(([namespace = '', name = '', ...rest]) => {
      const [dimension = '', value] = rest.filter((part) => typeof part === 'string').slice(-2);
      return { namespace, name, dimension, value };
    }),
  );
}

const resourceOf = (value: unknown): string => {
  const { Ref, 'Fn::GetAtt': attribute } = (typeof value === 'string' ? { Ref: value } : value) as Properties;
  return Ref ?? attribute[0];
};

describe.each<[string, readonly UsedMetric[]]>([
  ['alarm', alarmMetrics],
  ['widget of the dashboard', widgets],
])('every %s', (_, metrics) => {
  it('reads metrics that a check emits, of this tracker, or that AWS emits, of a part of it', () => {
    const strays = metrics.filter(({ namespace, name, dimension, value }) => {
      if (namespace === METRIC_NAMESPACE) {
        return !(name in METRICS && dimension === METRIC_DIMENSION && value === tracker.trackerName);
      }
      const known = AWS_METRICS[namespace];
      const isKnown = known?.names.includes(name) && known.dimension === dimension;
      return !(isKnown && resourceOf(value) in template.toJSON().Resources);
    });

    expect(metrics.length).toBeGreaterThan(10);
    expect(strays).toEqual([]);
  });
});

it('the dashboard shows every metric that a check emits', () => {
  const shown = new Set(widgets.map(({ name }) => name));

  expect(Object.keys(METRICS).filter((name) => !shown.has(name))).toEqual([]);
});

/** Headings that no alarm has. */
const NO_ENTRIES = /^(The commands|Follow one|Metrics)/;

describe('the runbook', () => {
  const anchors = everyAlarm.map(anchorOf);
  const entries = [...runbook.matchAll(/^## (.*)$/gm)]
    .filter(([heading]) => !NO_ENTRIES.test(heading.slice(3)))
    .map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-'));
  const [, ...sections] = runbook.split(/^## /m);

  it('has an entry for every alarm, which links it, and no others', () => {
    expect(anchors.toSorted()).toEqual(entries.toSorted());
  });

  it('says in every entry what it means, how to see and what to do', () => {
    const incomplete = sections
      .filter((section) => !NO_ENTRIES.test(section))
      .filter((section) => !['**Means**', '**See**', '**Do**'].every((part) => section.includes(part)));

    expect(incomplete).toEqual([]);
  });

  it.each(everyAlarm.map((alarm) => [nameOf(alarm), alarm] as const))(
    'begins with the commands that the alarm names: %s',
    (name, { AlarmDescription }) => {
      const [doctor, ...first] = [...AlarmDescription.matchAll(/`(npx delivery-tracker .*?)`/g)].map(
        ([, command]) => command,
      );
      const [, block = ''] =
        /^```sh\n(.*?)^```/ms.exec(sections.find((section) => section.startsWith(`${name}\n`)) ?? '') ?? [];

      expect(doctor).toBe('npx delivery-tracker doctor');
      expect(block.split('\n').slice(0, first.length)).toEqual(first);
    },
  );

  it('lists every metric with its unit', () => {
    const listed = [...runbook.matchAll(/^\| `(\w+)` \| (\w+) \|/gm)].map(([, name, unit]) => [name, unit]);

    expect(Object.fromEntries(listed)).toEqual(METRICS);
  });

  it('links the alarm of every metric that has one, and no other', () => {
    const rows = runbook.matchAll(/^\| `(\w+)` \|.*\| \[.*\]\(#([\w-]+)\)(?:, by `(\w+)`)? \|$/gm);
    const linked = [...rows].map(([, name, anchor, by = name]) => ({ name: by, anchor }));
    const rung = alarmMetrics.map(({ name, anchor }) => ({ name, anchor }));
    const ours = rung.filter(({ name }) => name in METRICS);

    expect(rung).toEqual(expect.arrayContaining(linked));
    expect(linked).toEqual(expect.arrayContaining(ours));
  });
});

describe('alarms', () => {
  it('ring where something happens, and not where nothing does', () => {
    const terms = {
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    };

    expect(everyAlarm).toEqual(everyAlarm.map(() => expect.objectContaining(terms)));
  });

  it('are these, each on a metric of one part, after so many periods of five minutes, in a row or of so many', () => {
    const lines = alarms.map(
      ({ MetricName, Dimensions, Period, EvaluationPeriods, DatapointsToAlarm, ...alarm }) => {
        const [{ Value }, ...indexes] = Dimensions.toReversed();
        const whole =
          Value === tracker.trackerName ? 'checks' : resourceOf(Value).replace(/[0-9A-F]{8}$/, '');
        const part = [whole, ...indexes.map((index: Properties) => index.Value)].join('/');
        const periods =
          DatapointsToAlarm === undefined
            ? EvaluationPeriods
            : `${DatapointsToAlarm} of ${EvaluationPeriods}`;
        return `${anchorOf(alarm)}: ${MetricName} of ${part}, ${periods} x ${Period / 60}`;
      },
    );

    expect(lines.toSorted()).toEqual([
      'budget-table-throttled: WriteThrottleEvents of TrackerCallBudget, 3 x 5',
      'budget-unreachable: BudgetUnreachable of checks, 3 x 5',
      'calls-refused: RefusedCalls of checks, 3 of 28 x 5',
      'campaign-failed: ExecutionsFailed of TrackerCampaignsCampaignStateMachine, 1 x 5',
      'campaign-function-errors: Errors of TrackerCampaignsCheckCampaignFunction, 1 x 5',
      'campaign-index-throttled: WriteThrottleEvents of TrackerDeliveryLog/summaries-by-campaign, 3 x 5',
      'campaign-stopped: ExecutionsAborted of TrackerCampaignsCampaignStateMachine, 1 x 5',
      'campaign-timed-out: CampaignsTimedOut of checks, 1 x 5',
      'credentials-refused: CredentialsRefused of checks, 1 x 5',
      'dead-letters: ApproximateNumberOfMessagesVisible of TrackerDeadLetters, 1 x 5',
      'delivery-timed-out: DeliveriesTimedOut of checks, 1 x 5',
      'event-not-published: ExecutionsFailed of TrackerInterruptedReporterStateMachine, 1 x 5',
      'failure-index-throttled: WriteThrottleEvents of TrackerDeliveryLog/failures-by-bot-and-day, 3 x 5',
      'function-errors: Errors of TrackerCheckDeliveryFunction, 1 x 5',
      'function-throttled: Throttles of TrackerCheckDeliveryFunction, 3 of 12 x 5',
      'kore-unreachable: KoreUnreachable of checks, 6 of 28 x 5',
      'logs-not-saved: LogsNotSaved of checks, 3 x 5',
      'recipient-index-throttled: WriteThrottleEvents of TrackerDeliveryLog/by-recipient, 3 x 5',
      'table-throttled: WriteThrottleEvents of TrackerDeliveryLog, 3 x 5',
      'tracking-failed: ExecutionsFailed of TrackerTrackingStateMachine, 1 x 5',
      'tracking-stopped: ExecutionsAborted of TrackerTrackingStateMachine, 1 x 5',
    ]);
  });

  it('name an index by the dimensions that DynamoDB gives its metrics', () => {
    const [index = {}, ...others] = alarms.filter(
      ({ Dimensions }) => Dimensions.length > 1 && Dimensions[0].Value === 'failures-by-bot-and-day',
    );

    expect(others).toEqual([]);
    expect(index.Dimensions).toEqual([
      { Name: 'GlobalSecondaryIndexName', Value: 'failures-by-bot-and-day' },
      { Name: 'TableName', Value: { Ref: expect.stringMatching(/^TrackerDeliveryLog/) } },
    ]);
  });

  it('are one more on several metrics: of the ends of trackings and of the events that arrive', () => {
    const [alarm = {}, ...others] = everyAlarm.filter(({ Metrics }) => Metrics !== undefined);
    const { Metrics, DatapointsToAlarm: most, EvaluationPeriods: periods } = alarm;
    const [expression, ...metrics]: Properties[] = Metrics;
    const used = metrics.map(({ Id, MetricStat: { Metric, Period, Stat } }) => [
      Id,
      `${Stat} of ${Metric.MetricName} in ${Period / 60}`,
      Metric.Dimensions.map(({ Name }: Properties) => Name).join(),
    ]);

    expect(others).toEqual([]);
    expect([anchorOf(alarm), most, periods]).toEqual(['events-lost', 3, 8]);
    expect(expression?.Expression).toBe('IF(put > 0 AND FILL(matched, 0) + FILL(triggered, 0) == 0, 1, 0)');
    expect(used).toEqual([
      ['put', 'Sum of ExecutionsSucceeded in 15', 'StateMachineArn'],
      ['matched', 'Sum of MatchedEvents in 15', 'EventBusName,RuleName'],
      ['triggered', 'Sum of TriggeredRules in 15', 'EventBusName,RuleName'],
    ]);
  });

  it('look as rarely as checks come where these may be far apart, and twice where once is not enough', () => {
    const { trackerName, checkFunction, stateMachine, table, callBudgetTable, deadLetterQueue } = tracker;
    const { campaignStateMachine, checkCampaignFunction } = tracker;
    const slow = new Monitoring(
      stack,
      'Slow',
      {
        trackerName,
        checkFunction,
        logGroup: checkFunction.logGroup,
        stateMachine,
        campaignStateMachine,
        checkCampaignFunction,
        reporter: stateMachine,
        table,
        callBudgetTable,
        deadLetterQueue,
        longestWait: Duration.minutes(40),
      },
      { dashboard: false, savedQuery: false },
    );
    const termsOf = (name: string) => {
      const alarm = slow.alarms[name]?.node.defaultChild as CfnAlarm;
      const { datapointsToAlarm: most, evaluationPeriods: periods, period } = alarm;
      return most === undefined ? [periods, period] : [most, periods, period];
    };

    expect(termsOf('Credentials refused')).toEqual([1, 41 * 60]);
    expect(termsOf('Kore unreachable')).toEqual([2, 4, 41 * 60]);
    expect(termsOf('Calls refused')).toEqual([2, 4, 41 * 60]);
    expect(termsOf('Function throttled')).toEqual([3, 12, 5 * 60]);
  });

  it('ring for a single tracking that Kore refuses by the hour, from its third call on', () => {
    const [refused = {}] = alarms.filter(({ MetricName }) => MetricName === 'RefusedCalls');
    // Waits as long as jitter can make them.
    const waits = [300, 600, 1_200, 2_400, 3_600, 3_600, 3_600].map((seconds) => 1.1 * seconds);
    const periods = [0, ...waits].map((_, i) =>
      Math.floor(waits.slice(0, i).reduce((sum, wait) => sum + wait, 0) / refused.Period),
    );

    const ringing = periods.map((now) => {
      const seen = periods.filter((period) => period <= now && period > now - refused.EvaluationPeriods);
      return seen.length >= refused.DatapointsToAlarm;
    });

    expect(ringing).toEqual([false, false, true, true, true, true, true, true]);
  });

  it('tell nobody by default', () => {
    expect(everyAlarm.filter(({ AlarmActions }) => AlarmActions !== undefined)).toEqual([]);
  });

  it('tell the topic, also when they are over', () => {
    const { stack, propertiesOf } = synthesised((scope) => ({ alarmTopic: new Topic(scope, 'Topic') }));
    const [topic] = Object.keys(Template.fromStack(stack).findResources('AWS::SNS::Topic'));

    const told = propertiesOf('AWS::CloudWatch::Alarm').map(({ AlarmActions, OKActions }) => [
      AlarmActions,
      OKActions,
    ]);

    expect(told).toEqual(everyAlarm.map(() => [[{ Ref: topic }], [{ Ref: topic }]]));
  });

  it('link a runbook elsewhere', () => {
    const { propertiesOf } = synthesised(() => ({ runbookUrl: 'https://wiki.example.com/tracker' }));

    expect(propertiesOf('AWS::CloudWatch::Alarm')[0]?.AlarmDescription).toContain(
      'https://wiki.example.com/tracker#',
    );
  });
});

it('each part can be left out', () => {
  const { propertiesOf, tracker } = synthesised(() => ({
    dashboard: false,
    alarms: false,
    savedQuery: false,
  }));

  const types = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::Logs::QueryDefinition'];
  expect(types.flatMap(propertiesOf)).toEqual([]);
  expect(tracker.monitoring).toMatchObject({ dashboard: undefined, alarms: {} });
});

it('the construct gives out its metrics', () => {
  expect(tracker.metricDetectionLag()).toMatchObject({
    namespace: METRIC_NAMESPACE,
    metricName: 'DetectionLag',
    dimensions: { [METRIC_DIMENSION]: 'Stack-Tracker' },
    statistic: 'p95',
  });
  expect(tracker.metric('RefusedCalls', { label: 'refused' })).toMatchObject({
    statistic: 'Sum',
    label: 'refused',
  });
});
