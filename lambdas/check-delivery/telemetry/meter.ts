/** Takes the measurements of a check, and sends them out in CloudWatch's embedded metric format. */
import type { Metrics } from '@aws-lambda-powertools/metrics';
import { METRICS, type MetricName } from '../../../contract/metrics.ts';

/** Takes a measurement of a check. */
export interface Meter {
  add(name: MetricName, value: number): void;
}

/** A meter whose measurements go out with `publish`, as one line of the function's log in the embedded metric format. */
export function meterTo(metrics: Metrics): Meter & { publish(): void } {
  return {
    add: (name, value) => metrics.addMetric(name, METRICS[name], value),
    publish() {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}
