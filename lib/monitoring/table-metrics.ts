/** DynamoDB's own metrics of a table, which have the dimension TableName alone (AWS docs, DynamoDB metrics and dimensions). */
import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';

/** Requests that were throttled in five minutes. */
export function writeThrottles(table: ITable, label?: string): Metric {
  return sumOf('WriteThrottleEvents', table, label);
}

/** Write units in five minutes. */
export function writeUnits(table: ITable, label?: string): Metric {
  return sumOf('ConsumedWriteCapacityUnits', table, label);
}

function sumOf(metricName: string, { tableName }: ITable, label: string | undefined): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName: tableName },
    statistic: Stats.SUM,
    period: Duration.minutes(5),
    ...(label !== undefined && { label }),
  });
}
