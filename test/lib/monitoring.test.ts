/** The operator's view: names on the dashboard, in alarms and in the runbook are those of what the code and AWS emit. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { METRIC_DIMENSION, METRIC_NAMESPACE, METRICS } from '../../lambdas/check-delivery/metrics.ts';
import { DeliveryTracker } from '../../lib/delivery-tracker.ts';
import type { MonitoringProps } from '../../lib/monitoring/monitoring-props.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test reads any property of a resource.
type Properties = Record<string, any>;

/** Names of AWS's metrics that are used here, by namespace (AWS docs of each service, "metrics"), with their dimension. */
const AWS_METRICS: Readonly<
  Record<string, { readonly names: readonly string[]; readonly dimension: string }>
> = {
  'AWS/States': { names: ['ExecutionsFailed', 'ExecutionsAborted'], dimension: 'StateMachineArn' },
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

const { tracker, template, propertiesOf } = synthesised();
const alarms = propertiesOf('AWS::CloudWatch::Alarm');
const alarmMetrics: UsedMetric[] = alarms.map(({ Namespace, MetricName, Dimensions: [dimension] }) => ({
  namespace: Namespace,
  name: MetricName,
  dimension: dimension.Name,
  value: dimension.Value,
}));
const widgets = widgetsOf(propertiesOf('AWS::CloudWatch::Dashboard')[0]?.DashboardBody);
const runbook = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');

/** The body is JSON with references in it; each becomes a text that names its resource. */
function widgetsOf(body: {
  'Fn::Join': [string, (string | { Ref?: string; 'Fn::GetAtt'?: string[] })[]];
}): UsedMetric[] {
  const text = body['Fn::Join'][1]
    .map((part) => (typeof part === 'string' ? part : (part.Ref ?? part['Fn::GetAtt']?.[0] ?? '')))
    .join('');
  const { widgets } = JSON.parse(text) as { widgets: { properties: { metrics: string[][] } }[] };
  return widgets.flatMap(({ properties }) =>
    properties.metrics.map(([namespace = '', name = '', dimension = '', value]) => ({
      namespace,
      name,
      dimension,
      value,
    })),
  );
}

const resourceOf = (value: unknown): string => {
  const { Ref, 'Fn::GetAtt': attribute } = (typeof value === 'string' ? { Ref: value } : value) as Properties;
  return Ref ?? attribute[0];
};

describe.each([
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

describe('the runbook', () => {
  const anchors = alarms.map(({ AlarmDescription }) => AlarmDescription.split('docs/runbook.md#')[1]);
  const entries = [...runbook.matchAll(/^## (.*)$/gm)]
    .map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-'))
    .filter((anchor) => !['follow-one-notification', 'metrics'].includes(anchor));

  it('has an entry for every alarm, which links it, and no others', () => {
    expect(anchors.toSorted()).toEqual(entries.toSorted());
  });

  it('says in every entry what it means, how to see and what to do', () => {
    const [, ...sections] = runbook.split(/^## /m);
    const incomplete = sections
      .filter((section) => !/^(Follow|Metrics)/.test(section))
      .filter((section) => !['**Means**', '**See**', '**Do**'].every((part) => section.includes(part)));

    expect(incomplete).toEqual([]);
  });

  it('lists every metric with its unit', () => {
    const listed = [...runbook.matchAll(/^\| `(\w+)` \| (\w+) \|/gm)].map(([, name, unit]) => [name, unit]);

    expect(Object.fromEntries(listed)).toEqual(METRICS);
  });
});

describe('alarms', () => {
  it('ring where something happens, and not where nothing does', () => {
    const terms = alarms.map(({ Threshold, TreatMissingData }) => ({ Threshold, TreatMissingData }));

    expect(terms).toEqual(alarms.map(() => ({ Threshold: 1, TreatMissingData: 'notBreaching' })));
  });

  it('tell nobody by default', () => {
    expect(alarms.filter(({ AlarmActions }) => AlarmActions !== undefined)).toEqual([]);
  });

  it('tell the topic, also when they are over', () => {
    const { stack, propertiesOf } = synthesised((scope) => ({ alarmTopic: new Topic(scope, 'Topic') }));
    const [topic] = Object.keys(Template.fromStack(stack).findResources('AWS::SNS::Topic'));

    const told = propertiesOf('AWS::CloudWatch::Alarm').map(({ AlarmActions, OKActions }) => [
      AlarmActions,
      OKActions,
    ]);

    expect(told).toEqual(alarms.map(() => [[{ Ref: topic }], [{ Ref: topic }]]));
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

it("the saved query asks the function's log for one notification", () => {
  const [query] = propertiesOf('AWS::Logs::QueryDefinition');

  expect(resourceOf(query?.LogGroupNames[0])).toContain('CheckDelivery');
  expect(query?.QueryString).toContain("filter requestId = '");
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
