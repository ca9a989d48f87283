/**
 * What starts the tracking of a campaign. Within a major version fields are only added; unknown ones are ignored.
 */
import * as z from 'zod/mini';
import { idSchema } from '../tracking-input.ts';
import { LONGEST_CAMPAIGN_DEADLINE_SECONDS, MOST_NOTIFICATIONS } from './campaign-limits.ts';

/** What starts the tracking of a campaign: the input of an execution. Unknown fields are ignored. */
export interface CampaignInput {
  /** Your own name for the campaign. It names the execution, and is never used twice. */
  campaignId: string;
  /** How many notifications belong to the campaign, from 1 to 100,000. */
  notifications: number;
  /** How long its notifications have from the start of the execution, in seconds. The tracker's own deadline where it is left out. */
  deadlineSeconds?: number | undefined;
}

const wholeNumber = (most: number) =>
  z
    .int({ error: 'must be a whole number' })
    .check(
      z.minimum(1, { error: 'must be at least 1' }),
      z.maximum(most, { error: `must be at most ${most}` }),
    );

export const campaignInputSchema = z.object({
  campaignId: idSchema,
  notifications: wholeNumber(MOST_NOTIFICATIONS),
  deadlineSeconds: z.optional(wholeNumber(LONGEST_CAMPAIGN_DEADLINE_SECONDS)),
}) satisfies z.ZodMiniType<CampaignInput>;
