/** The alarms of a tracker. */
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarmDescription } from './alarm-description.ts';
import { campaignWatches } from './campaign-watches.ts';
import type { MonitoredParts } from './monitored-parts.ts';
import { trackingWatches, type Watch } from './tracking-watches.ts';

export interface TrackerAlarmsProps {
  readonly parts: MonitoredParts;
  readonly alarmTopic: ITopic | undefined;
  readonly runbookUrl: string | undefined;
}

export class TrackerAlarms extends Construct {
  /** By their names, which are the headings of docs/runbook.md. */
  readonly alarms: Readonly<Record<string, Alarm>>;

  constructor(scope: Construct, id: string, { parts, alarmTopic, runbookUrl }: TrackerAlarmsProps) {
    super(scope, id);
    this.alarms = Object.fromEntries(
      Object.entries({ ...trackingWatches(parts), ...campaignWatches(parts) }).map(([name, watch]) => {
        const { metric, minutes, within } = watch;
        const alarm = new Alarm(
          this,
          name.replace(/\W(\w?)/g, (_, letter) => letter.toUpperCase()),
          {
            alarmDescription: alarmDescription(parts.trackerName, name, watch, runbookUrl),
            metric,
            threshold: 1,
            comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            evaluationPeriods: periodsIn(within ?? minutes, metric),
            ...(within !== undefined && { datapointsToAlarm: periodsIn(minutes, metric) }),
            treatMissingData: TreatMissingData.NOT_BREACHING,
          },
        );
        if (alarmTopic !== undefined) {
          const action = new SnsAction(alarmTopic);
          alarm.addAlarmAction(action);
          alarm.addOkAction(action);
        }
        return [name, alarm];
      }),
    );
  }
}

/** Two at least: one alone would ring for a single check. */
function periodsIn(minutes: number | undefined, { period }: Watch['metric']): number {
  if (minutes === undefined) return 1;
  return Math.max(2, Math.ceil(minutes / period.toMinutes()));
}
