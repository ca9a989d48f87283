/** How much the event that announces failures names. Apart from its schema, which the function does not need. */

/** How many rows an event names at most; beyond that the table has them. */
export const MOST_LOG_IDS = 200;
