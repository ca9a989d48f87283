/** What is watched of campaigns, so that an alarm rings. */
import { CAMPAIGN_INDEX } from '../../contract/table-names.ts';
import type { MonitoredParts } from './monitored-parts.ts';
import { indexThrottles } from './table-metrics.ts';
import { trackerMetric } from './tracker-metrics.ts';
import { FIVE_MINUTES, SOME_TIME, type Watch } from './tracking-watches.ts';

/** By the names of the alarms. */
export function campaignWatches(parts: MonitoredParts): Readonly<Record<string, Watch>> {
  const { trackerName, campaignStateMachine, checkCampaignFunction, table } = parts;
  return {
    'Campaign failed': {
      means: 'A campaign could not be followed to its end.',
      first: ['logs --since 1h'],
      metric: campaignStateMachine.metricFailed(FIVE_MINUTES),
    },
    'Campaign stopped': {
      means: 'The execution of a campaign was stopped by hand.',
      metric: campaignStateMachine.metricAborted(FIVE_MINUTES),
    },
    'Campaign timed out': {
      means: 'Fewer notifications of a campaign ended than were announced.',
      metric: trackerMetric(trackerName, 'CampaignsTimedOut'),
    },
    'Campaign function errors': {
      means: 'The function of campaigns fails: a bug, or AWS itself.',
      first: ['logs --since 1h'],
      metric: checkCampaignFunction.metricErrors(FIVE_MINUTES),
    },
    'Campaign index throttled': {
      means: 'The index of campaigns takes no more writes, and the table refuses summaries because of it.',
      first: ['logs --since 1h'],
      metric: indexThrottles(table, CAMPAIGN_INDEX),
      minutes: SOME_TIME,
    },
  };
}
