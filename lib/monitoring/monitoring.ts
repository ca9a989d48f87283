/** The operator's view of a tracker: dashboard, alarms and a saved query. */
import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { followNotificationQuery } from './follow-notification-query.ts';
import type { MonitoredParts } from './monitored-parts.ts';
import type { MonitoringProps } from './monitoring-props.ts';
import { TrackerAlarms } from './tracker-alarms.ts';
import { TrackerDashboard } from './tracker-dashboard.ts';

export class Monitoring extends Construct {
  readonly dashboard: Dashboard | undefined;
  /** By their names, which are the headings of docs/runbook.md; empty where there are none. */
  readonly alarms: Readonly<Record<string, Alarm>>;

  constructor(scope: Construct, id: string, parts: MonitoredParts, props: MonitoringProps = {}) {
    super(scope, id);
    const { alarmTopic, runbookUrl } = props;
    const { dashboard = true, alarms = true, savedQuery = true } = props;
    this.dashboard = dashboard ? new TrackerDashboard(this, 'Dashboard', parts) : undefined;
    this.alarms = alarms ? new TrackerAlarms(this, 'Alarms', { parts, alarmTopic, runbookUrl }).alarms : {};
    if (savedQuery) followNotificationQuery(this, 'FollowNotification', parts);
  }
}
