/** The dashboard of a tracker: is it working, how late is it, what stands in its way. */
import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  type MetricOptions,
  PeriodOverride,
  SingleValueWidget,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { MetricName } from '../../contract/metrics.ts';
import { CAMPAIGN_INDEX, FAILURE_INDEX, RECIPIENT_INDEX } from '../../contract/table-names.ts';
import type { MonitoredParts } from './monitored-parts.ts';
import { indexThrottles, writeThrottles, writeUnits } from './table-metrics.ts';
import { trackerMetric } from './tracker-metrics.ts';

export class TrackerDashboard extends Dashboard {
  constructor(scope: Construct, id: string, parts: MonitoredParts) {
    super(scope, id, {
      periodOverride: PeriodOverride.INHERIT,
      defaultInterval: Duration.days(1),
      widgets: rowsOf(parts),
    });
  }
}

const SUM: MetricOptions = { period: Duration.minutes(5), statistic: Stats.SUM };
const MAX: MetricOptions = { period: Duration.minutes(5), statistic: Stats.MAXIMUM };

function rowsOf(parts: MonitoredParts): IWidget[][] {
  const { trackerName, stateMachine, checkFunction, deadLetterQueue } = parts;
  const { campaignStateMachine, checkCampaignFunction } = parts;
  const of = (name: MetricName, options: MetricOptions = {}) => trackerMetric(trackerName, name, options);
  return [
    [
      new SingleValueWidget({
        title: `${trackerName}: the last day`,
        metrics: [
          ...(
            ['TrackingsStarted', 'DeliveriesComplete', 'DeliveriesTimedOut', 'TrackingsFailed'] as const
          ).map((name) => of(name)),
          of('RecipientsDelivered'),
          of('RecipientsFailed'),
        ],
        setPeriodToTimeRange: true,
        width: 24,
        height: 4,
      }),
    ],
    [
      graph('Started and ended', [
        of('TrackingsStarted'),
        of('DeliveriesComplete'),
        of('DeliveriesTimedOut'),
        stateMachine.metricFailed({ ...SUM, label: 'Failed' }),
        stateMachine.metricAborted({ ...SUM, label: 'Stopped' }),
      ]),
      graph('Detection lag, seconds', [
        of('DetectionLag', { statistic: Stats.p(50), label: 'p50' }),
        of('DetectionLag', { label: 'p95' }),
        of('DetectionLag', { statistic: Stats.MAXIMUM, label: 'most' }),
      ]),
      graph('Checks per notification', [
        of('ChecksPerNotification', { label: 'mean' }),
        of('ChecksPerNotification', { statistic: Stats.MAXIMUM, label: 'most' }),
      ]),
    ],
    [
      graph("Call budget used, percent of the busiest bot's hour", [of('CallBudgetUsed')]),
      graph('Calls that wait or are refused', [of('RefusedCalls'), of('PostponedCalls'), of('PausedChecks')]),
      graph('What stands in the way', [
        of('CredentialsRefused'),
        of('KoreUnreachable'),
        of('NotificationsNotFound'),
        of('LogsNotSaved'),
        of('BudgetUnreachable'),
      ]),
    ],
    [
      graph('Campaigns started and ended', [
        of('CampaignsStarted'),
        of('CampaignsComplete'),
        of('CampaignsTimedOut'),
        of('CampaignsFailed'),
        campaignStateMachine.metricFailed({ ...SUM, label: 'Failed, or died' }),
        campaignStateMachine.metricAborted({ ...SUM, label: 'Stopped' }),
      ]),
      graph('Detection lag of campaigns, seconds', [
        of('CampaignDetectionLag', { label: 'p95' }),
        of('CampaignDetectionLag', { statistic: Stats.MAXIMUM, label: 'most' }),
      ]),
      graph('Function of campaigns', [
        checkCampaignFunction.metricInvocations({ ...SUM, label: 'Invocations' }),
        checkCampaignFunction.metricErrors({ ...SUM, label: 'Errors' }),
        checkCampaignFunction.metricThrottles({ ...SUM, label: 'Throttles' }),
        checkCampaignFunction.metricDuration({ ...SUM, statistic: Stats.p(99), label: 'p99, milliseconds' }),
      ]),
    ],
    [
      graph('Function', [
        checkFunction.metricInvocations({ ...SUM, label: 'Invocations' }),
        checkFunction.metricErrors({ ...SUM, label: 'Errors' }),
        checkFunction.metricThrottles({ ...SUM, label: 'Throttles' }),
      ]),
      graph('Function, milliseconds', [
        checkFunction.metricDuration({ ...SUM, statistic: Stats.p(50), label: 'p50' }),
        checkFunction.metricDuration({ ...SUM, statistic: Stats.p(99), label: 'p99' }),
      ]),
      graph('Tables and dead letters', [
        writeUnits(parts.table, 'Rows: write units'),
        writeThrottles(parts.table, 'Rows: throttled'),
        indexThrottles(parts.table, FAILURE_INDEX, 'Index of failures: throttled'),
        indexThrottles(parts.table, RECIPIENT_INDEX, 'Index of recipients: throttled'),
        indexThrottles(parts.table, CAMPAIGN_INDEX, 'Index of campaigns: throttled'),
        writeUnits(parts.callBudgetTable, 'Budget: write units'),
        writeThrottles(parts.callBudgetTable, 'Budget: throttled'),
        deadLetterQueue.metricApproximateNumberOfMessagesVisible({ ...MAX, label: 'Dead letters' }),
      ]),
    ],
  ];
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, leftYAxis: { min: 0, showUnits: false } });
}
