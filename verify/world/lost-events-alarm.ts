/** What the expression of the deployed alarm *Events lost* is, for the rule that it watches and for one that does not exist. */
import { type MetricDataQuery, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { NotShown, type Seen } from '../scenario.ts';
import { type Span, valuesOf } from './metrics.ts';
import type { World } from './world.ts';

const PUT_WITHIN_SECONDS = 180;

/** @param period of the alarm's, in which a tracking succeeded and its event was counted. */
export async function lostEventsTold(world: World, period: Span): Promise<Seen | NotShown> {
  const queries = await queriesOfAlarm(world);
  if (queries === undefined) return new NotShown('there is no such alarm');
  const { aws, until } = world;
  const expression = queries.find(({ Expression }) => Expression !== undefined)?.Id ?? '';
  const put = queries.find(({ MetricStat }) => MetricStat?.Metric?.Namespace === 'AWS/States')?.Id ?? '';
  const elsewhere = queries.map((one) => withRule(one, (name) => `${name}-none`));
  const found = await until('the succeeded tracking in CloudWatch', PUT_WITHIN_SECONDS, async () => {
    const [real, none] = await Promise.all(
      [queries, elsewhere].map((one) => valuesOf(aws.cloudWatch, one, period)),
    );
    return ((real?.get(put) ?? [])[0] ?? 0) > 0 && ((none?.get(put) ?? [])[0] ?? 0) > 0 && [real, none];
  }).catch(() => undefined);
  if (found === undefined) return new NotShown('CloudWatch did not have the succeeded tracking in time');
  const [counted = null, neverCounted = null] = found.map((one) => one?.get(expression)?.[0] ?? null);
  return { counted, neverCounted };
}

async function queriesOfAlarm({ aws, place, ruleArns }: World): Promise<MetricDataQuery[] | undefined> {
  const rule = ruleArns.probe.split('/').at(-1);
  const pages = paginateDescribeAlarms({ client: aws.cloudWatch }, { AlarmNamePrefix: place.name });
  for await (const { MetricAlarms = [] } of pages) {
    for (const { Metrics = [] } of MetricAlarms) {
      const rules = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? []);
      if (rules.some(({ Name, Value }) => Name === 'RuleName' && Value === rule))
        return Metrics.map((one) => ({ ...one, ReturnData: true }));
    }
  }
  return undefined;
}

function withRule(query: MetricDataQuery, change: (name: string | undefined) => string): MetricDataQuery {
  const { MetricStat } = query;
  if (MetricStat?.Metric === undefined) return query;
  const Dimensions = MetricStat.Metric.Dimensions?.map((one) =>
    one.Name === 'RuleName' ? { ...one, Value: change(one.Value) } : one,
  );
  return { ...query, MetricStat: { ...MetricStat, Metric: { ...MetricStat.Metric, Dimensions } } };
}
