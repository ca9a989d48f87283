/**
 * What a stack's output says of a tracker in it, so that the command line finds its parts. The construct writes it,
 * `delivery-tracker` reads it; neither knows the other.
 */
import * as z from 'zod/mini';

export const trackerDescriptionSchema = z.object({
  /** Tells a tracker's output from all others. */
  kind: z.literal('notification-delivery-tracker'),
  /** Version of this description. Within it, fields are only added. */
  version: z.literal(1),
  /** Name of the tracker, unique in its account and region; the dimension of its metrics. */
  name: z.string(),
  stateMachineArn: z.string(),
  /** The state machine that tracks campaigns; absent where an earlier release was deployed. */
  campaignStateMachineArn: z.optional(z.string()),
  tableName: z.string(),
  callBudgetTableName: z.string(),
  eventBusName: z.string(),
  eventSource: z.string(),
  /** Log group of the check function. */
  logGroupName: z.string(),
  /** For requests without a stream id; absent where there is none. */
  defaultStreamId: z.optional(z.string()),
});
export type TrackerDescription = z.infer<typeof trackerDescriptionSchema>;
