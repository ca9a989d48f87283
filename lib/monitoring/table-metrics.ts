/**
 * DynamoDB's own metrics (AWS docs, DynamoDB metrics and dimensions): those of a table have the dimension TableName alone and leave its
 * indexes out; those of an index have GlobalSecondaryIndexName too.
 */
import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';

/** Requests that were throttled in five minutes. */
export function writeThrottles(table: ITable, label?: string): Metric {
  return sumOf('WriteThrottleEvents', { TableName: table.tableName }, label);
}

/** Writes to an index that were throttled in five minutes; while there are any, DynamoDB may refuse rows of the table. */
export function indexThrottles({ tableName }: ITable, indexName: string, label?: string): Metric {
  return sumOf('WriteThrottleEvents', { TableName: tableName, GlobalSecondaryIndexName: indexName }, label);
}

/** Write units in five minutes. */
export function writeUnits(table: ITable, label?: string): Metric {
  return sumOf('ConsumedWriteCapacityUnits', { TableName: table.tableName }, label);
}

function sumOf(
  metricName: string,
  dimensionsMap: Readonly<Record<string, string>>,
  label: string | undefined,
): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap,
    statistic: Stats.SUM,
    period: Duration.minutes(5),
    ...(label !== undefined && { label }),
  });
}
