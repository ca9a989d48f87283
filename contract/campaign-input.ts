/**
 * What starts the tracking of a campaign. Within a major version fields are only added; unknown ones are ignored.
 */
import * as z from 'zod/mini';
import { LONGEST_CAMPAIGN_DEADLINE_SECONDS, MOST_NOTIFICATIONS } from './campaign-limits.ts';
import { idSchema } from './tracking-input.ts';

const wholeNumber = (most: number) =>
  z
    .int({ error: 'must be a whole number' })
    .check(
      z.minimum(1, { error: 'must be at least 1' }),
      z.maximum(most, { error: `must be at most ${most}` }),
    );

/** Input of an execution that tracks a campaign. Unknown fields are ignored. */
export const campaignInputSchema = z.object({
  /** Your own name for the campaign. It names the execution, and is never used twice. */
  campaignId: idSchema,
  /** How many notifications belong to the campaign, from 1 to 100,000. */
  notifications: wholeNumber(MOST_NOTIFICATIONS),
  /** How long its notifications have from the start of the execution, in seconds. The tracker's own deadline where it is left out. */
  deadlineSeconds: z.optional(wholeNumber(LONGEST_CAMPAIGN_DEADLINE_SECONDS)),
});
/** What starts the tracking of a campaign. */
export type CampaignInput = z.infer<typeof campaignInputSchema>;
