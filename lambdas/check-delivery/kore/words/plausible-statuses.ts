/** Status words that Kore's docs do not have but other APIs do: they may be repeated, and none of them ends a tracking. */
export const PLAUSIBLE_STATUSES = [
  // Before and while it is sent.
  ...['ACCEPTED', 'CREATED', 'INITIATED', 'NEW', 'PENDING', 'QUEUED', 'RECEIVED', 'SCHEDULED', 'SUBMITTED'],
  ...['ONGOING', 'PAUSED', 'PROCESSING', 'RETRYING', 'RUNNING', 'SENDING', 'STARTED', 'WAITING'],
  // Sent.
  ...['DELIVERED', 'OPENED', 'PROCESSED', 'READ', 'SEEN', 'SENT'],
  // Not sent, or not any more.
  ...['ABORTED', 'BLOCKED', 'BOUNCED', 'CANCELED', 'CANCELLED', 'DROPPED', 'ERROR', 'EXPIRED', 'INVALID'],
  ...['REJECTED', 'SKIPPED', 'STOPPED', 'TIMED_OUT', 'TIMEOUT', 'UNDELIVERED', 'UNSUBSCRIBED'],
] as const;
