/** What the input of a campaign may say at most. Apart from its schema, which synth time does not need. */

/** A Standard execution lasts a year at most (AWS docs, Step Functions service quotas), and a campaign ends an hour after its deadline. */
export const LONGEST_CAMPAIGN_DEADLINE_SECONDS = 365 * 86_400 - 7_200;
/** Ten times what has been measured (docs/scaling.md). */
export const MOST_NOTIFICATIONS = 100_000;
