/** What is watched of a tracker, so that an alarm rings: the trackings of notifications, and the tables. */
import { Duration } from 'aws-cdk-lib';
import { type MathExpression, type Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../contract/metrics.ts';
import { FAILURE_INDEX, RECIPIENT_INDEX } from '../../contract/table-names.ts';
import { lostEvents } from './lost-events.ts';
import type { MonitoredParts } from './monitored-parts.ts';
import { indexThrottles, writeThrottles } from './table-metrics.ts';
import { trackerMetric } from './tracker-metrics.ts';

export interface Watch {
  /** What it means, in a sentence; the entry in the runbook has the alarm's name for its heading. */
  readonly means: string;
  /** What to give to `delivery-tracker` first, as it stands; the runbook's entry begins with the same. */
  readonly first?: readonly string[];
  readonly metric: Metric | MathExpression;
  /** In how many minutes there must be something in every period; in one period by default. */
  readonly minutes?: number;
  /** In how many minutes those periods must lie; in a row by default. */
  readonly within?: number;
}

export const FIVE_MINUTES: MetricOptions = { period: Duration.minutes(5), statistic: Stats.SUM };
/** Kore.ai's short outages mend themselves, and so do a table's. */
const LONG = 30;
export const SOME_TIME = 15;
/** Throttled checks come back after five minutes and more, so three periods in a row would come by chance. */
const HOUR = 60;
/** Holds three calls whose waits Kore.ai's refusals by the hour have made as long as they get (schedule/obstacle-wait.ts). */
const THREE_HOURLY_CALLS = 140;

/** Metrics are best effort and may be late, and trackings few. */
const THREE_QUARTERS = 45;
const TWO_HOURS = 120;

/** Long enough to hold a check of every tracking that waits, or an alarm would be over before its cause. */
function periodOfChecks(longestWait = Duration.seconds(0)): Duration {
  const minutes = Math.ceil(longestWait.toMinutes({ integral: false })) + 1;
  // CloudWatch looks back a week at most (AWS docs, PutMetricAlarm), so a day fits twice.
  return Duration.minutes(Math.min(24 * 60, Math.max(5, minutes)));
}

/** What is watched of the trackings of notifications, by the names of the alarms. */
export function trackingWatches(parts: MonitoredParts): Readonly<Record<string, Watch>> {
  const { trackerName, stateMachine, reporter, checkFunction, deadLetterQueue, busProbe } = parts;
  const period = periodOfChecks(parts.longestWait);
  const emitted = (name: MetricName) => trackerMetric(trackerName, name, { period });
  return {
    'Tracking failed': {
      means: 'A tracking could not learn how its delivery ended.',
      first: ['list --failed'],
      metric: stateMachine.metricFailed(FIVE_MINUTES),
    },
    'Tracking stopped': {
      means: 'An execution was stopped by hand.',
      first: ['list --failed'],
      metric: stateMachine.metricAborted(FIVE_MINUTES),
    },
    'Event not published': {
      means: 'A final event could not go out, for an hour.',
      metric: reporter.metricFailed(FIVE_MINUTES),
    },
    ...(busProbe && {
      'Events lost': {
        means: 'Trackings end, and no final event arrives on the bus.',
        first: ['outdated'],
        metric: lostEvents(stateMachine, busProbe),
        minutes: THREE_QUARTERS,
        within: TWO_HOURS,
      },
    }),
    'Delivery timed out': {
      means: 'Kore.ai still called a delivery in progress at the deadline.',
      first: ['retrack --timed-out --since 2h --dry-run'],
      metric: emitted('DeliveriesTimedOut'),
    },
    'Credentials refused': {
      means: 'Checks have no credentials that Kore.ai accepts.',
      first: ['logs --since 1h', 'credentials check'],
      metric: emitted('CredentialsRefused'),
    },
    'Kore unreachable': {
      means: 'Kore.ai gives no answer that can be understood.',
      first: ['logs --since 1h', 'list --running'],
      metric: emitted('KoreUnreachable'),
      minutes: LONG,
      // It may ask for longer waits.
      within: THREE_HOURLY_CALLS,
    },
    'Calls refused': {
      means: 'Kore.ai refuses calls by its rate limit.',
      first: ['logs --since 1h'],
      metric: emitted('RefusedCalls'),
      minutes: SOME_TIME,
      within: THREE_HOURLY_CALLS,
    },
    'Budget unreachable': {
      means: 'Checks cannot reach the call budget, and call without it.',
      first: ['logs --since 1h'],
      metric: emitted('BudgetUnreachable'),
      minutes: SOME_TIME,
    },
    'Logs not saved': {
      means: 'Checks cannot write delivery logs.',
      first: ['logs --since 1h'],
      metric: emitted('LogsNotSaved'),
      minutes: SOME_TIME,
    },
    'Function errors': {
      means: 'The function fails: a bug, or AWS itself.',
      first: ['logs --since 1h'],
      metric: checkFunction.metricErrors(FIVE_MINUTES),
    },
    'Function throttled': {
      means: 'Lambda has no concurrency left for checks.',
      first: ['list --running'],
      metric: checkFunction.metricThrottles(FIVE_MINUTES),
      minutes: SOME_TIME,
      within: HOUR,
    },
    'Table throttled': {
      means: 'DynamoDB throttles writes of delivery logs.',
      first: ['logs --since 1h'],
      metric: writeThrottles(parts.table),
      minutes: SOME_TIME,
    },
    'Failure index throttled': {
      means: 'The index of failures takes no more writes, and the table refuses rows because of it.',
      first: ['failures --since 1h'],
      metric: indexThrottles(parts.table, FAILURE_INDEX),
      minutes: SOME_TIME,
    },
    'Recipient index throttled': {
      means: 'The index of recipients takes no more writes, and the table refuses rows because of it.',
      first: ['logs --since 1h'],
      metric: indexThrottles(parts.table, RECIPIENT_INDEX),
      minutes: SOME_TIME,
    },
    'Budget table throttled': {
      means: 'DynamoDB throttles writes of the call budget.',
      first: ['list --running'],
      metric: writeThrottles(parts.callBudgetTable),
      minutes: SOME_TIME,
    },
    'Dead letters': {
      means: 'A target did not take a final event for a day; the event is in the dead-letter queue.',
      first: ['dead-letters list'],
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({
        ...FIVE_MINUTES,
        statistic: Stats.MAXIMUM,
      }),
    },
  };
}
