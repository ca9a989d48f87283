/** The alarms of a tracker. Each description links its entry in docs/runbook.md. */
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  type MetricOptions,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { MetricName } from '../../lambdas/check-delivery/metrics.ts';
import type { MonitoredParts } from './monitored-parts.ts';
import { writeThrottles } from './table-metrics.ts';
import { trackerMetric } from './tracker-metrics.ts';

export interface TrackerAlarmsProps {
  readonly parts: MonitoredParts;
  readonly alarmTopic: ITopic | undefined;
  readonly runbookUrl: string;
}

interface Watch {
  /** What it means, in a sentence; the entry in the runbook has the alarm's name for its heading. */
  readonly means: string;
  readonly metric: IMetric;
  /** How many periods of five minutes in a row; one by default. */
  readonly periods?: number;
}

export class TrackerAlarms extends Construct {
  /** By their names, which are the headings of docs/runbook.md. */
  readonly alarms: Readonly<Record<string, Alarm>>;

  constructor(scope: Construct, id: string, { parts, alarmTopic, runbookUrl }: TrackerAlarmsProps) {
    super(scope, id);
    this.alarms = Object.fromEntries(
      Object.entries(watchesOf(parts)).map(([name, { means, metric, periods = 1 }]) => {
        const alarm = new Alarm(
          this,
          name.replace(/\W(\w?)/g, (_, letter) => letter.toUpperCase()),
          {
            alarmDescription: `${parts.trackerName}: ${means} What to do: ${runbookUrl}#${name.toLowerCase().replaceAll(' ', '-')}`,
            metric,
            threshold: 1,
            comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            evaluationPeriods: periods,
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

const FIVE_MINUTES: MetricOptions = { period: Duration.minutes(5), statistic: Stats.SUM };
/** Kore.ai's short outages mend themselves, and so do a table's. */
const LONG = 6;
const SOME_TIME = 3;

function watchesOf(parts: MonitoredParts): Readonly<Record<string, Watch>> {
  const { trackerName, stateMachine, reporter, checkFunction, deadLetterQueue } = parts;
  const emitted = (name: MetricName) => trackerMetric(trackerName, name);
  return {
    'Tracking failed': {
      means: 'A tracking could not learn how its delivery ended.',
      metric: stateMachine.metricFailed(FIVE_MINUTES),
    },
    'Tracking stopped': {
      means: 'An execution was stopped by hand.',
      metric: stateMachine.metricAborted(FIVE_MINUTES),
    },
    'Event not published': {
      means: 'A final event could not go out, for an hour.',
      metric: reporter.metricFailed(FIVE_MINUTES),
    },
    'Delivery timed out': {
      means: 'Kore.ai still called a delivery in progress at the deadline.',
      metric: emitted('DeliveriesTimedOut'),
    },
    'Credentials refused': {
      means: 'Checks have no credentials that Kore.ai accepts.',
      metric: emitted('CredentialsRefused'),
    },
    'Kore unreachable': {
      means: 'Kore.ai has not answered for half an hour.',
      metric: emitted('KoreUnreachable'),
      periods: LONG,
    },
    'Calls refused': {
      means: 'Kore.ai refuses calls by its rate limit.',
      metric: emitted('RefusedCalls'),
      periods: SOME_TIME,
    },
    'Budget unreachable': {
      means: 'Checks cannot reach the call budget, and call without it.',
      metric: emitted('BudgetUnreachable'),
      periods: SOME_TIME,
    },
    'Logs not saved': {
      means: 'Checks cannot write delivery logs.',
      metric: emitted('LogsNotSaved'),
      periods: SOME_TIME,
    },
    'Function errors': {
      means: 'The function fails: a bug, or AWS itself.',
      metric: checkFunction.metricErrors(FIVE_MINUTES),
    },
    'Function throttled': {
      means: 'Lambda has no concurrency left for checks.',
      metric: checkFunction.metricThrottles(FIVE_MINUTES),
      periods: SOME_TIME,
    },
    'Table throttled': {
      means: 'DynamoDB throttles writes of delivery logs.',
      metric: writeThrottles(parts.table),
      periods: SOME_TIME,
    },
    'Budget table throttled': {
      means: 'DynamoDB throttles writes of the call budget.',
      metric: writeThrottles(parts.callBudgetTable),
      periods: SOME_TIME,
    },
    'Dead letters': {
      means: 'A target took a final event for a day in vain; the event is in the dead-letter queue.',
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({
        ...FIVE_MINUTES,
        statistic: Stats.MAXIMUM,
      }),
    },
  };
}
