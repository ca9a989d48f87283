/** What can be done with a tracker, whether it is made here or imported. */
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { FinalStatus } from '../contract/event/event-pattern.ts';
import type { MetricName } from '../contract/metrics.ts';
import type { OnFinalEventOptions } from './events/tracker-rules.ts';

/** What a rule on deliveries that came to their end does, and which it hears of. */
export interface OnDeliveryCompleteOptions extends OnFinalEventOptions {
  /**
   * Only these statuses of Kore: `SUCCESS`, `PARTIAL_SUCCESS`, `FAILURE`.
   * @default - all
   */
  readonly statuses?: readonly FinalStatus[];
}

/** A tracker: made in this app, or imported. */
export interface IDeliveryTracker extends IConstruct {
  /** Lets a workload start trackings of notifications. */
  grantStartTracking(grantee: IGrantable): Grant;
  /** Lets a workload start trackings of campaigns. */
  grantStartCampaign(grantee: IGrantable): Grant;
  /** Lets a consumer read delivery logs and summaries, by notification, recipient, bot and day, or campaign. */
  grantReadLogs(grantee: IGrantable): Grant;
  /** Rule on deliveries that came to their end, well or not; filter by Kore's status. */
  onDeliveryComplete(id: string, options?: OnDeliveryCompleteOptions): Rule;
  /** Rule on deliveries that Kore still called in progress at the deadline. */
  onDeliveryTimedOut(id: string, options?: OnFinalEventOptions): Rule;
  /** Rule on trackings that could not learn how the delivery ended. */
  onTrackingFailed(id: string, options?: OnFinalEventOptions): Rule;
  /** Rule on failures that are announced while the delivery goes on. */
  onRecipientsNotReached(id: string, options?: OnFinalEventOptions): Rule;
  /** Rule on campaigns of which as many notifications ended as were announced, well or not. */
  onCampaignComplete(id: string, options?: OnFinalEventOptions): Rule;
  /**
   * Rule on campaigns of which fewer notifications had ended than were announced, an hour after the deadline, or at twice the deadline
   * if the deadline is shorter than an hour.
   */
  onCampaignTimedOut(id: string, options?: OnFinalEventOptions): Rule;
  /** Rule on campaigns that could not be followed; their notifications are tracked all the same. */
  onCampaignFailed(id: string, options?: OnFinalEventOptions): Rule;
  /** A metric that the checks emit. */
  metric(name: MetricName, options?: MetricOptions): Metric;
}
