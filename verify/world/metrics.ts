/** What CloudWatch has of metrics whose names are known: asked for them exactly, since a list of metrics is a quarter of an hour late. */
import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type Metric,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';

export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** @returns the sum over the span by the metrics' names; 0 where there is no data. */
export async function sumsOf(
  cloudWatch: CloudWatchClient,
  metrics: readonly (Metric & { readonly MetricName: string })[],
  span: Span,
): Promise<Record<string, number>> {
  const queries = metrics.map((one, index) => ({
    Id: `m${index}`,
    Label: one.MetricName,
    MetricStat: { Metric: one, Period: 60, Stat: 'Sum' },
  }));
  const values = await valuesOf(cloudWatch, queries, span);
  const sum = (id: string) => (values.get(id) ?? []).reduce((total, value) => total + value, 0);
  return Object.fromEntries(queries.map(({ Id, Label }) => [Label, sum(Id)]));
}

/** @returns the values in the span by the ids of the queries. */
export async function valuesOf(
  cloudWatch: CloudWatchClient,
  queries: readonly MetricDataQuery[],
  { from, to }: Span,
): Promise<Map<string, readonly number[]>> {
  const values = new Map<string, number[]>();
  let NextToken: string | undefined;
  do {
    const answer = await cloudWatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: [...queries],
        StartTime: from,
        EndTime: to,
        ...(NextToken !== undefined && { NextToken }),
      }),
    );
    for (const { Id = '', Values = [] } of answer.MetricDataResults ?? [])
      values.set(Id, [...(values.get(Id) ?? []), ...Values]);
    ({ NextToken } = answer);
  } while (NextToken !== undefined);
  return values;
}
