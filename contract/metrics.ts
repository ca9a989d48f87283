/** The metrics that checks emit, in CloudWatch's embedded metric format. The dashboard and the alarms read these names. */

/** CloudWatch namespace of every metric. */
export const METRIC_NAMESPACE = 'NotificationDeliveryTracker';
/** The only dimension: the tracker's name. */
export const METRIC_DIMENSION = 'service';

/** Units of the metrics, by their names. Each is worth one value in a check, or none. */
export const METRICS = {
  /** First checks: trackings that began. */
  TrackingsStarted: 'Count',
  /** Deliveries that came to their end, well or not. */
  DeliveriesComplete: 'Count',
  /** Deliveries that Kore still called in progress at the deadline. */
  DeliveriesTimedOut: 'Count',
  /** Trackings that could not learn the end; those that died are in Step Functions' own metrics. */
  TrackingsFailed: 'Count',
  /** Seconds from the end of a delivery, as its logs tell it, to the check that saw it. */
  DetectionLag: 'Seconds',
  /** Checks that a tracking took. */
  ChecksPerNotification: 'Count',
  /** Recipients that Kore reached, at the end of a tracking. */
  RecipientsDelivered: 'Count',
  /** Recipients that Kore did not reach, at the end of a tracking. */
  RecipientsFailed: 'Count',
  /** Calls that Kore refused by its rate limit: others use the bot's quota too. */
  RefusedCalls: 'Count',
  /** Checks that found no call free in the budget, and wait. */
  PostponedCalls: 'Count',
  /** Checks without usable credentials: refused by Kore, missing, unreadable or not yet configured. */
  CredentialsRefused: 'Count',
  /** Checks that Kore did not answer, or not so that it could be understood. */
  KoreUnreachable: 'Count',
  /** Checks of an id that Kore does not know. */
  NotificationsNotFound: 'Count',
  /** Checks that could not save all delivery logs; the next check goes on. */
  LogsNotSaved: 'Count',
  /** Checks that could not reach the call budget, and went on without it. */
  BudgetUnreachable: 'Count',
  /** Checks of a bot that an operator has paused. */
  PausedChecks: 'Count',
  /** How much of a bot's hourly calls is booked. */
  CallBudgetUsed: 'Percent',
  /** First checks of campaigns. */
  CampaignsStarted: 'Count',
  /** Campaigns of which as many notifications ended as were announced. */
  CampaignsComplete: 'Count',
  /** Campaigns of which fewer had ended when their time was over. */
  CampaignsTimedOut: 'Count',
  /** Campaigns that could not be followed; their notifications are. */
  CampaignsFailed: 'Count',
  /** Seconds from the latest end of a campaign's notifications to the check that saw it. */
  CampaignDetectionLag: 'Seconds',
} as const;
export type MetricName = keyof typeof METRICS;
