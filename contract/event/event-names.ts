/** What events are named by, and how a tracking can end. */

/** `source` of every event, unless the tracker is configured with another. */
export const DEFAULT_EVENT_SOURCE = 'notification-delivery-tracker';

/** `detail-type` of the one final event of a tracking. */
export const DETAIL_TYPES = {
  complete: 'Notification Delivery Complete',
  'timed-out': 'Notification Delivery Timed Out',
  failed: 'Notification Tracking Failed',
} as const;

/** How a tracking ended, of a notification or of a campaign. */
export type Outcome = keyof typeof DETAIL_TYPES;

/** Outcomes from best to worst: a late or repeated check replaces a summary only by one as good or better. */
export const RANKING: readonly Outcome[] = ['complete', 'timed-out', 'failed'];

/** `detail-type` of the one final event of a campaign. */
export const CAMPAIGN_DETAIL_TYPES = {
  complete: 'Campaign Delivery Complete',
  'timed-out': 'Campaign Delivery Timed Out',
  failed: 'Campaign Tracking Failed',
} as const satisfies Readonly<Record<Outcome, string>>;

/** `detail-type` of the event that announces failures while the delivery goes on; a tracker sends it only if told to. */
export const NOT_REACHED_DETAIL_TYPE = 'Notification Recipients Not Reached';
