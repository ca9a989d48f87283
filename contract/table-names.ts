/** Names in the two tables: keys, indexes, and rows that are no delivery logs. */

/** Delivery log table: index by recipient; query it newest first. */
export const RECIPIENT_INDEX = 'by-recipient';
/** Delivery log table: sparse index of failures by bot and day. */
export const FAILURE_INDEX = 'failures-by-bot-and-day';

/** Delivery log table: sparse index of the summaries of each campaign's notifications. */
export const CAMPAIGN_INDEX = 'summaries-by-campaign';

/** Delivery log table: sort key of a notification's summary. Sorts before every delivery log. */
export const SUMMARY_ID = '#summary';

/**
 * Delivery log table: partition of the bots that had failures, a row for each with the stream id as its sort key: a query for all failures
 * finds here which bots to ask for. No request id begins so.
 */
export const BOTS_PARTITION = '#bots';

/** Delivery log table: partition of a campaign's own row, whose sort key is that of a summary. No request id begins so. */
export function campaignPartition(campaignId: string): string {
  return `#campaign#${campaignId}`;
}

/** Delivery log table: sort key of the row with an execution's final event; its partition key is the execution's ARN. */
export const FINAL_EVENT_ID = '#final-event';

/** Partition key of the call budget table; the TTL attribute is `expiresAt`. */
export const QUOTA_KEY = 'bot';

/**
 * Call budget table: attribute that pauses a quota key. The command line writes the time there and takes `expiresAt` away, so that
 * the pause outlasts the budget. While it is there, the function does not change the item.
 */
export const PAUSED_AT = 'pausedAt';

/** How long an unused item of the call budget table is kept: what was learnt outlasts a quiet month. */
export const BUDGET_KEPT_SECONDS = 60 * 86_400;
