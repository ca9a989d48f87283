/**
 * What a stack's output says of a tracker in it, so that the command line finds its parts. The construct writes it,
 * `delivery-tracker` reads it; neither knows the other.
 */
import * as z from 'zod/mini';
import { API_SCOPES } from './api-scope.ts';

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
  // From here on, what releases before 0.2.0 did not say.
  /** Version of the package that deployed the tracker. */
  release: z.optional(z.string()),
  /** Of Kore.ai's API, such as `https://platform.kore.ai`. */
  host: z.optional(z.string()),
  apiScope: z.optional(z.enum(API_SCOPES)),
  /** The app's credentials in Kore.ai; single bots may have their own. */
  secretArn: z.optional(z.string()),
  /** Its bus may be of another account or region. */
  eventBusArn: z.optional(z.string()),
  checkFunctionName: z.optional(z.string()),
  checkCampaignFunctionName: z.optional(z.string()),
  /** Log group of the function that checks campaigns. */
  campaignLogGroupName: z.optional(z.string()),
  /** Events that no target took. */
  deadLetterQueueUrl: z.optional(z.string()),
  /** Names of the alarms, by the headings of docs/runbook.md. */
  alarms: z.optional(z.record(z.string(), z.string())),
});
export type TrackerDescription = z.infer<typeof trackerDescriptionSchema>;
