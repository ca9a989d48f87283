/** Names in the two tables: keys, indexes, and rows that are no delivery logs. */

/** Index by recipient; query it newest first. */
export const RECIPIENT_INDEX = 'by-recipient';
/** Sparse index of failures by bot and day. */
export const FAILURE_INDEX = 'failures-by-bot-and-day';

/** Sort key of the summary row. Sorts before every delivery log. */
export const SUMMARY_ID = '#summary';

/**
 * Partition of the bots that had failures, a row for each with the stream id as its sort key: a query for all failures
 * finds here which bots to ask for. No request id begins so.
 */
export const BOTS_PARTITION = '#bots';

/** Sort key of the row; its partition key is the execution's ARN. */
export const FINAL_EVENT_ID = '#final-event';

/** Partition key of the call budget table; the TTL attribute is `expiresAt`. */
export const QUOTA_KEY = 'bot';

/**
 * Attribute that pauses a bot: an operator writes the time there and takes `expiresAt` away, so that the pause outlasts
 * the budget. While it is there, nothing here changes the item.
 */
export const PAUSED_AT = 'pausedAt';

/** Longer than the long window, and long enough for a bot's life table to outlast a quiet month. */
export const BUDGET_KEPT_SECONDS = 60 * 86_400;
