/** The metrics of a tracker as CloudWatch knows them. */
import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_DIMENSION, METRIC_NAMESPACE, type MetricName } from '../../contract/metrics.ts';

/** What is worth seeing of a metric that is no count of events. */
const STATISTICS: Readonly<Partial<Record<MetricName, string>>> = {
  DetectionLag: Stats.p(95),
  CampaignDetectionLag: Stats.p(95),
  ChecksPerNotification: Stats.AVERAGE,
  CallBudgetUsed: Stats.MAXIMUM,
};

/** @param options by default the sum over five minutes; p95 of the lag, the mean of checks, the most of the budget. */
export function trackerMetric(trackerName: string, name: MetricName, options: MetricOptions = {}): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: name,
    dimensionsMap: { [METRIC_DIMENSION]: trackerName },
    statistic: STATISTICS[name] ?? Stats.SUM,
    period: Duration.minutes(5),
    ...options,
  });
}
