/**
 * The one event that ends the tracking of a campaign, and the execution's output.
 *
 * Within a major version fields are only added, so read what you know and ignore the rest.
 */
import * as z from 'zod/mini';
import { countsSchema } from './counts.ts';
import type { Outcome } from './event-names.ts';
import { errorSchema } from './final-event.ts';

const campaignMetadataSchema = z.object({
  /** ARN of the campaign's execution. EventBridge delivers at least once: drop an event whose id you have seen. */
  id: z.string(),
  version: z.literal('1'),
  /** When the event was made, ISO 8601 in UTC. */
  timestamp: z.optional(z.iso.datetime()),
});

/** What became of a campaign's notifications. */
const campaignNotificationsSchema = z.object({
  /** How many were announced at the start. */
  expected: z.int(),
  /** Whose delivery came to its end, well or not. */
  complete: z.int(),
  /** Whose delivery was still in progress at its deadline. */
  timedOut: z.int(),
  /** Whose tracking could not learn the end. */
  failed: z.int(),
  /** How many had not ended: `expected` less the three above, at least 0. */
  missing: z.int(),
  /** How many ended beyond the number announced. */
  extra: z.int(),
});
/** What became of a campaign's notifications, by their number. */
export type CampaignNotifications = z.infer<typeof campaignNotificationsSchema>;

const campaignSchema = z.object({
  campaignId: z.string(),
  notifications: campaignNotificationsSchema,
  /** Recipients of all notifications that ended. */
  counts: z.omit(countsSchema, { expected: true }),
  /** Start of the execution, ISO 8601 in UTC. */
  startedAt: z.iso.datetime(),
  /** When the tracker learnt the end, ISO 8601 in UTC. */
  completedAt: z.iso.datetime(),
  /** From `startedAt` to `completedAt`. */
  durationSeconds: z.number(),
  /** Where the notifications' summaries are: query the index of the table by `campaignId`. */
  deliveryLog: z.object({ tableArn: z.string(), indexName: z.string() }),
});

/** Detail of `Campaign Delivery Complete`: as many notifications ended as were announced, well or not. */
export const campaignCompleteSchema = z.object({
  metadata: z.required(campaignMetadataSchema, { timestamp: true }),
  data: campaignSchema,
});

/**
 * Detail of `Campaign Delivery Timed Out`: fewer had ended at the last end, which is an hour after the deadline, or at twice the
 * deadline if the deadline is shorter than an hour.
 */
export const campaignTimedOutSchema = z.object({
  metadata: z.required(campaignMetadataSchema, { timestamp: true }),
  data: z.extend(campaignSchema, { error: errorSchema }),
});

/**
 * Detail of `Campaign Tracking Failed`: the campaign itself could not be followed; its notifications are. Only `metadata.id`,
 * `metadata.version`, `data.campaignId` (the execution's name where nothing better is known) and `data.error` are certain.
 */
export const campaignFailedSchema = z.object({
  metadata: campaignMetadataSchema,
  data: z.extend(z.partial(campaignSchema), { campaignId: z.string(), error: errorSchema }),
});

/** `detail` of `Campaign Delivery Complete`. */
export type CampaignCompleteDetail = z.infer<typeof campaignCompleteSchema>;
/** `detail` of `Campaign Delivery Timed Out`. */
export type CampaignTimedOutDetail = z.infer<typeof campaignTimedOutSchema>;
/** `detail` of `Campaign Tracking Failed`. */
export type CampaignFailedDetail = z.infer<typeof campaignFailedSchema>;
/** `detail` of any event that ends a campaign. */
export type CampaignEventDetail = CampaignCompleteDetail | CampaignTimedOutDetail | CampaignFailedDetail;

/** Output of an execution that succeeded, for a parent state machine to branch on. */
export interface CampaignOutput {
  outcome: Outcome;
  notifications?: CampaignNotifications;
  counts?: z.infer<typeof campaignSchema>['counts'];
}
