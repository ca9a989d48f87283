import {
  GetMetricDataCommand,
  ListMetricsCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { NotShown, type Scenario } from '../scenario.ts';
import { busTemplate } from '../stack/small-templates.ts';
import type { World } from '../world/world.ts';

const METRICS_WITHIN_SECONDS = 420;

export const DELETED_BUS: Scenario = {
  name: 'deleted-bus',
  does: 'Puts an event on a bus, deletes the bus, puts another, and reads what CloudWatch has of both.',
  settles: [
    {
      id: 'deleted-bus-takes-events',
      says: 'PutEvents on a bus that was deleted answers 200 with no failed entry, and drops the event',
      agrees: [{ httpStatus: 200, failedEntryCount: 0, hasEventId: true }],
    },
    {
      id: 'deleted-bus-counts-no-failure',
      says: 'CloudWatch counts no failed PutEvents for an event that was dropped so',
      agrees: ['no failure counted'],
      notInEmulator: 'it has no metrics of EventBridge',
    },
  ],
  async run(world) {
    const { aws, place, stacks, until } = world;
    const bus = `${place.name}-deleted`;
    await stacks.create('bus', busTemplate(bus));
    const before = await put(world, bus);
    await stacks.delete('bus');
    const after = await put(world, bus);
    const seen = { 'deleted-bus-takes-events': after.summary };
    const fixtures = { before: before.answer, after: after.answer };
    if (place.isEmulator) return { seen, fixtures };

    const { Metrics = [] } = await until('metrics of EventBridge', METRICS_WITHIN_SECONDS, async () => {
      const found = await aws.cloudWatch.send(
        new ListMetricsCommand({ Namespace: 'AWS/Events', RecentlyActive: 'PT3H' }),
      );
      return (found.Metrics ?? []).some(({ MetricName = '' }) => /^PutEvents/.test(MetricName)) && found;
    }).catch(() => ({ Metrics: [] }));
    const puts = Metrics.filter(({ MetricName = '' }) => /^PutEvents.*(Fail|Count)/.test(MetricName));
    const values = puts.length === 0 ? [] : await valuesOf(world, puts);
    const failed = values.some(
      ({ Label = '', Values = [] }) => /Fail/.test(Label) && Values.some((one) => one > 0),
    );
    const counted =
      puts.length === 0 ? new NotShown('CloudWatch had no metric of PutEvents in time') : undefined;
    return {
      seen: {
        ...seen,
        'deleted-bus-counts-no-failure': counted ?? (failed ? 'a failure counted' : 'no failure counted'),
      },
      fixtures: { ...fixtures, metrics: { puts, values } },
    };
  },
};

async function put({ aws }: World, EventBusName: string) {
  const entry = { EventBusName, Source: 'verify', DetailType: 'Verify', Detail: '{}' };
  try {
    const answer = await aws.eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
    const { $metadata, FailedEntryCount = null, Entries = [] } = answer;
    const summary = {
      httpStatus: $metadata.httpStatusCode ?? null,
      failedEntryCount: FailedEntryCount,
      hasEventId: Entries[0]?.EventId !== undefined,
    };
    return { summary, answer: { FailedEntryCount, Entries } };
  } catch (error) {
    const { name, message } = error as Error;
    return { summary: { error: name }, answer: { name, message } };
  }
}

async function valuesOf(
  { aws }: World,
  metrics: readonly { MetricName?: string | undefined }[],
): Promise<MetricDataResult[]> {
  const now = Date.now();
  const MetricDataQueries: MetricDataQuery[] = metrics.slice(0, 100).map((Metric, index) => ({
    Id: `m${index}`,
    Label: Metric.MetricName,
    MetricStat: { Metric, Period: 60, Stat: 'Sum' },
  }));
  const { MetricDataResults = [] } = await aws.cloudWatch.send(
    new GetMetricDataCommand({
      MetricDataQueries,
      StartTime: new Date(now - 15 * 60_000),
      EndTime: new Date(now),
    }),
  );
  return MetricDataResults;
}
