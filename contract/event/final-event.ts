/**
 * The one event that ends a tracking, and the execution's output.
 *
 * Within a major version fields are only added, so read what you know and ignore the rest. Details are types, not interfaces, so
 * that what takes any record, such as a logger, takes them.
 */
import * as z from 'zod/mini';
import { type Counts, countsSchema } from '../counts.ts';
import type { Outcome } from './event-names.ts';

/** What an event is known by. */
export interface EventMetadata {
  /** ARN of the execution. EventBridge delivers at least once: drop an event whose id you have seen. */
  id: string;
  version: '1';
  /** When the event was made, ISO 8601 in UTC. */
  timestamp: string;
  correlationId?: string | undefined;
  /** The campaign that the notification belongs to, as the input named it. */
  campaignId?: string | undefined;
}

/** Why something ended without being complete. */
export interface EventError {
  /** Stable; see "Error codes" in docs/errors.md. */
  code: string;
  /** For people; its wording may change. It never repeats a text of Kore's. */
  message: string;
}

/** What is known of a notification's delivery. */
export interface TrackedDelivery {
  requestId: string;
  streamId?: string | undefined;
  /**
   * Kore's last word for the whole: `SUCCESS`, `PARTIAL_SUCCESS`, `FAILURE`, or `IN_PROGRESS`. At the deadline it may be a word that is
   * not documented; one that is not listed (docs/events.md) is `UNKNOWN`.
   */
  status: string;
  counts: Counts;
  /** Names of the channels in the delivery logs, sorted; those that are not listed (docs/events.md) are `other`. */
  channels: string[];
  /** Start of the execution, ISO 8601 in UTC. */
  startedAt: string;
  /** When the tracker learnt the end, ISO 8601 in UTC. */
  completedAt: string;
  /** From `startedAt` to `completedAt`. */
  durationSeconds: number;
  /** Calls of the check Lambda that this tracking took. */
  checks: number;
  /** Where the delivery logs are: query the table with `partitionKey` as `requestId`. */
  deliveryLog: { tableArn: string; partitionKey: string };
}

/** `detail` of `Notification Delivery Complete`. */
export type DeliveryCompleteDetail = {
  metadata: EventMetadata;
  data: TrackedDelivery;
};

/** `detail` of `Notification Delivery Timed Out`: the deadline passed while Kore still said "in progress". */
export type DeliveryTimedOutDetail = {
  metadata: EventMetadata;
  data: TrackedDelivery & { error: EventError };
};

/**
 * `detail` of `Notification Tracking Failed`. Only these fields are certain: `metadata.id`, `metadata.version`,
 * `data.requestId` (what the execution's name tells where nothing better is known) and `data.error`.
 */
export type TrackingFailedDetail = {
  metadata: Omit<EventMetadata, 'timestamp'> & Partial<Pick<EventMetadata, 'timestamp'>>;
  data: Partial<TrackedDelivery> & { requestId: string; error: EventError };
};

/** `detail` of any final event. */
export type FinalEventDetail = DeliveryCompleteDetail | DeliveryTimedOutDetail | TrackingFailedDetail;

export const metadataSchema = z.object({
  id: z.string(),
  version: z.literal('1'),
  timestamp: z.optional(z.iso.datetime()),
  correlationId: z.optional(z.string()),
  campaignId: z.optional(z.string()),
});

export const errorSchema = z.object({ code: z.string(), message: z.string() });

const trackedSchema = z.object({
  requestId: z.string(),
  streamId: z.optional(z.string()),
  status: z.string(),
  counts: countsSchema,
  channels: z.array(z.string()),
  startedAt: z.iso.datetime(),
  completedAt: z.iso.datetime(),
  durationSeconds: z.number(),
  checks: z.int(),
  deliveryLog: z.object({ tableArn: z.string(), partitionKey: z.string() }),
});

export const deliveryCompleteSchema = z.object({
  metadata: z.required(metadataSchema, { timestamp: true }),
  data: trackedSchema,
}) satisfies z.ZodMiniType<DeliveryCompleteDetail>;

export const deliveryTimedOutSchema = z.object({
  metadata: z.required(metadataSchema, { timestamp: true }),
  data: z.extend(trackedSchema, { error: errorSchema }),
}) satisfies z.ZodMiniType<DeliveryTimedOutDetail>;

export const trackingFailedSchema = z.object({
  metadata: metadataSchema,
  data: z.extend(z.partial(trackedSchema), { requestId: z.string(), error: errorSchema }),
}) satisfies z.ZodMiniType<TrackingFailedDetail>;

/** Output of an execution that succeeded, for a parent state machine to branch on. */
export interface TrackingOutput {
  outcome: Outcome;
  status?: string;
  counts: Counts;
}
