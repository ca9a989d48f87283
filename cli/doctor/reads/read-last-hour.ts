/** The last hour in CloudWatch: one request for each metric. */
import {
  type CloudWatchClient,
  GetMetricStatisticsCommand,
  type Statistic,
} from '@aws-sdk/client-cloudwatch';
import { METRIC_DIMENSION, METRIC_NAMESPACE } from '../../../contract/metrics.ts';
import { CAMPAIGN_INDEX, FAILURE_INDEX, RECIPIENT_INDEX } from '../../../contract/table-names.ts';
import type { TrackerDescription } from '../../../contract/tracker-description.ts';
import type { FunctionHour, LastHour, TableHour } from '../last-hour.ts';

export async function readLastHour(
  client: CloudWatchClient,
  tracker: TrackerDescription,
  now: number,
): Promise<LastHour> {
  const { name, tableName, callBudgetTableName } = tracker;
  const { checkFunctionName, checkCampaignFunctionName } = tracker;
  const values = (namespace: string, metric: string, dimensions: Dimensions, statistic: Statistic = 'Sum') =>
    valuesOf(client, { namespace, metric, dimensions, statistic }, now);

  const functionHour = async (name: string): Promise<FunctionHour> => {
    const counts = ['Errors', 'Throttles'].map((metric) =>
      values('AWS/Lambda', metric, { FunctionName: name }),
    );
    const [errors, throttles] = (await Promise.all(counts)).map(sum);
    return { name, errors: errors ?? 0, throttles: throttles ?? 0 };
  };
  const tableHour = async (table: string, index?: string): Promise<TableHour> => {
    const ofIndex: Dimensions = index === undefined ? {} : { GlobalSecondaryIndexName: index };
    const dimensions = { TableName: table, ...ofIndex };
    return { table, index, throttles: sum(await values('AWS/DynamoDB', 'WriteThrottleEvents', dimensions)) };
  };

  const [functions, tables, used] = await Promise.all([
    Promise.all([
      ...(checkFunctionName === undefined ? [] : [functionHour(checkFunctionName)]),
      ...(checkCampaignFunctionName === undefined ? [] : [functionHour(checkCampaignFunctionName)]),
    ]),
    Promise.all([
      tableHour(tableName),
      ...[RECIPIENT_INDEX, FAILURE_INDEX, CAMPAIGN_INDEX].map((index) => tableHour(tableName, index)),
      tableHour(callBudgetTableName),
    ]),
    values(METRIC_NAMESPACE, 'CallBudgetUsed', { [METRIC_DIMENSION]: name }, 'Maximum'),
  ]);
  return { functions, tables, budgetUsed: used.length === 0 ? undefined : Math.max(...used) };
}

type Dimensions = Readonly<Record<string, string>>;

interface Metric {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Dimensions;
  readonly statistic: Statistic;
}

const HOUR_MS = 3_600_000;
/** Seconds; with an hour, CloudWatch would count from the full hour. */
const PERIOD = 300;

async function valuesOf(
  client: CloudWatchClient,
  { namespace, metric, dimensions, statistic }: Metric,
  now: number,
): Promise<number[]> {
  const { Datapoints = [] } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: namespace,
      MetricName: metric,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      StartTime: new Date(now - HOUR_MS),
      EndTime: new Date(now),
      Period: PERIOD,
      Statistics: [statistic],
    }),
  );
  return Datapoints.map((point) => (statistic === 'Sum' ? point.Sum : point.Maximum) ?? 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
