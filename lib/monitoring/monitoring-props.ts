/** What of the operator's view a tracker makes, and whom its alarms tell. */
import type { ITopic } from 'aws-cdk-lib/aws-sns';

export interface MonitoringProps {
  /**
   * Topic that hears when an alarm rings and when it is over. One with a key of its own must let CloudWatch
   * (`cloudwatch.amazonaws.com`) use the key.
   * @default - alarms are seen in the console only
   */
  readonly alarmTopic?: ITopic;
  /**
   * Where your team reads the runbook: alarms link it, with the anchor of their entry behind it. In any case they say what they mean, and
   * the first commands to paste.
   * @default - alarms name their entry in docs/runbook.md of this package
   */
  readonly runbookUrl?: string;
  /**
   * Whether to make the dashboard ($3 a month beyond an account's first three, November 2026).
   * @default true
   */
  readonly dashboard?: boolean;
  /**
   * Whether to make the alarms ($0.10 a month each, November 2026).
   * @default true
   */
  readonly alarms?: boolean;
  /**
   * Whether to save the Logs Insights query that follows one notification.
   * @default true
   */
  readonly savedQuery?: boolean;
}
