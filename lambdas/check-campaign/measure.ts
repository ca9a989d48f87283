/** What the end of a campaign is worth to the operator's dashboard. */
import type { MetricName } from '../../contract/metrics.ts';
import type { Meter } from '../check-delivery/telemetry/meter.ts';
import type { Finding } from './decision.ts';
import type { Ended } from './invocation.ts';

const METRIC_OF_OUTCOME: Readonly<Record<Ended['outcome'], MetricName>> = {
  complete: 'CampaignsComplete',
  'timed-out': 'CampaignsTimedOut',
  failed: 'CampaignsFailed',
};

/**
 * @param recorded the end that this check recorded.
 * @param now milliseconds since 1970.
 */
export function measureEnd(
  recorded: Ended | undefined,
  finding: Finding | undefined,
  now: number,
  meter: Meter,
): void {
  if (recorded === undefined) return;
  meter.add(METRIC_OF_OUTCOME[recorded.outcome], 1);
  if (recorded.outcome !== 'complete' || finding?.kind !== 'totals') return;
  const { latestEndAt } = finding.totals;
  if (latestEndAt !== undefined) meter.add('CampaignDetectionLag', Math.max(0, now - latestEndAt) / 1000);
}
