/** What final events are named by, and how a tracking can end. */

/** `source` of every event, unless the tracker is configured with another. */
export const DEFAULT_EVENT_SOURCE = 'notification-delivery-tracker';

/** `detail-type` of the one final event of a tracking. */
export const DETAIL_TYPES = {
  complete: 'Notification Delivery Complete',
  'timed-out': 'Notification Delivery Timed Out',
  failed: 'Notification Tracking Failed',
} as const;

/** How a tracking ended. */
export type Outcome = keyof typeof DETAIL_TYPES;
