/**
 * The one event that ends the tracking of a campaign, and the execution's output.
 *
 * Within a major version fields are only added, so read what you know and ignore the rest. Details are types as in `final-event.ts`.
 */
import * as z from 'zod/mini';
import { type Counts, countsSchema } from '../counts.ts';
import type { Outcome } from '../event/event-names.ts';
import { type EventError, type EventMetadata, errorSchema, metadataSchema } from '../event/final-event.ts';

/** What became of a campaign's notifications, by their number. */
export interface CampaignNotifications {
  /** How many were announced at the start. */
  expected: number;
  /** Whose delivery came to its end, well or not. */
  complete: number;
  /** Whose delivery was still in progress at its deadline. */
  timedOut: number;
  /** Whose tracking could not learn the end. */
  failed: number;
  /** How many had not ended: `expected` less the three above, at least 0. */
  missing: number;
  /** How many ended beyond the number announced. */
  extra: number;
}

/** What is known of a campaign. */
export interface TrackedCampaign {
  campaignId: string;
  notifications: CampaignNotifications;
  /** Recipients of all notifications that ended. */
  counts: Omit<Counts, 'expected'>;
  /** Start of the execution, ISO 8601 in UTC. */
  startedAt: string;
  /** When the tracker learnt the end, ISO 8601 in UTC. */
  completedAt: string;
  /** From `startedAt` to `completedAt`. */
  durationSeconds: number;
  /** Where the notifications' summaries are: query the index of the table by `campaignId`. */
  deliveryLog: { tableArn: string; indexName: string };
}

/** What an event is known by; `id` is the ARN of the campaign's execution. */
type CampaignMetadata = Pick<EventMetadata, 'id' | 'version' | 'timestamp'>;

/** `detail` of `Campaign Delivery Complete`: as many notifications ended as were announced, well or not. */
export type CampaignCompleteDetail = {
  metadata: CampaignMetadata;
  data: TrackedCampaign;
};

/**
 * `detail` of `Campaign Delivery Timed Out`: fewer had ended at the last end, which is an hour after the deadline, or at twice the
 * deadline if the deadline is shorter than an hour.
 */
export type CampaignTimedOutDetail = {
  metadata: CampaignMetadata;
  data: TrackedCampaign & { error: EventError };
};

/**
 * `detail` of `Campaign Tracking Failed`: the campaign itself could not be followed; its notifications are. Only `metadata.id`,
 * `metadata.version`, `data.campaignId` (the execution's name where nothing better is known) and `data.error` are certain.
 */
export type CampaignFailedDetail = {
  metadata: Omit<CampaignMetadata, 'timestamp'> & Partial<Pick<CampaignMetadata, 'timestamp'>>;
  data: Partial<TrackedCampaign> & { campaignId: string; error: EventError };
};

/** `detail` of any event that ends a campaign. */
export type CampaignEventDetail = CampaignCompleteDetail | CampaignTimedOutDetail | CampaignFailedDetail;

const campaignMetadataSchema = z.pick(metadataSchema, { id: true, version: true, timestamp: true });

const campaignSchema = z.object({
  campaignId: z.string(),
  notifications: z.object({
    expected: z.int(),
    complete: z.int(),
    timedOut: z.int(),
    failed: z.int(),
    missing: z.int(),
    extra: z.int(),
  }),
  counts: z.omit(countsSchema, { expected: true }),
  startedAt: z.iso.datetime(),
  completedAt: z.iso.datetime(),
  durationSeconds: z.number(),
  deliveryLog: z.object({ tableArn: z.string(), indexName: z.string() }),
});

export const campaignCompleteSchema = z.object({
  metadata: z.required(campaignMetadataSchema, { timestamp: true }),
  data: campaignSchema,
}) satisfies z.ZodMiniType<CampaignCompleteDetail>;

export const campaignTimedOutSchema = z.object({
  metadata: z.required(campaignMetadataSchema, { timestamp: true }),
  data: z.extend(campaignSchema, { error: errorSchema }),
}) satisfies z.ZodMiniType<CampaignTimedOutDetail>;

export const campaignFailedSchema = z.object({
  metadata: campaignMetadataSchema,
  data: z.extend(z.partial(campaignSchema), { campaignId: z.string(), error: errorSchema }),
}) satisfies z.ZodMiniType<CampaignFailedDetail>;

/** Output of an execution that succeeded, for a parent state machine to branch on. */
export interface CampaignOutput {
  outcome: Outcome;
  notifications?: CampaignNotifications;
  counts?: TrackedCampaign['counts'];
}
