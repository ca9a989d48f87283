/**
 * The one event that ends a tracking, and the execution's output.
 *
 * Within a major version fields are only added, so read what you know and ignore the rest.
 */
import * as z from 'zod/mini';
import { type Counts, countsSchema } from './counts.ts';
import type { Outcome } from './event-names.ts';

export const metadataSchema = z.object({
  /** ARN of the execution. EventBridge delivers at least once: drop an event whose id you have seen. */
  id: z.string(),
  version: z.literal('1'),
  /** When the event was made, ISO 8601 in UTC. */
  timestamp: z.optional(z.iso.datetime()),
  correlationId: z.optional(z.string()),
  /** The campaign that the notification belongs to, as the input named it. */
  campaignId: z.optional(z.string()),
});

export const errorSchema = z.object({
  /** Stable; see "Error codes" in docs/errors.md. */
  code: z.string(),
  /** For people; its wording may change. It never repeats a text of Kore's. */
  message: z.string(),
});

const trackedSchema = z.object({
  requestId: z.string(),
  streamId: z.optional(z.string()),
  /**
   * Kore's last word for the whole: `SUCCESS`, `PARTIAL_SUCCESS`, `FAILURE`, or `IN_PROGRESS`. At the deadline it may be a word that is
   * not documented; one that is not listed (docs/events.md) is `UNKNOWN`.
   */
  status: z.string(),
  counts: countsSchema,
  /** Names of the channels in the delivery logs, sorted; those that are not listed (docs/events.md) are `other`. */
  channels: z.array(z.string()),
  /** Start of the execution, ISO 8601 in UTC. */
  startedAt: z.iso.datetime(),
  /** When the tracker learnt the end, ISO 8601 in UTC. */
  completedAt: z.iso.datetime(),
  /** From `startedAt` to `completedAt`. */
  durationSeconds: z.number(),
  /** Calls of the check Lambda that this tracking took. */
  checks: z.int(),
  /** Where the delivery logs are: query the table with `partitionKey` as `requestId`. */
  deliveryLog: z.object({ tableArn: z.string(), partitionKey: z.string() }),
});

/** Detail of `Notification Delivery Complete`. */
export const deliveryCompleteSchema = z.object({
  metadata: z.required(metadataSchema, { timestamp: true }),
  data: trackedSchema,
});

/** Detail of `Notification Delivery Timed Out`: the deadline passed while Kore still said "in progress". */
export const deliveryTimedOutSchema = z.object({
  metadata: z.required(metadataSchema, { timestamp: true }),
  data: z.extend(trackedSchema, { error: errorSchema }),
});

/**
 * Detail of `Notification Tracking Failed`. Only these fields are certain: `metadata.id`, `metadata.version`,
 * `data.requestId` (what the execution's name tells where nothing better is known) and `data.error`.
 */
export const trackingFailedSchema = z.object({
  metadata: metadataSchema,
  data: z.extend(z.partial(trackedSchema), { requestId: z.string(), error: errorSchema }),
});

/** `detail` of `Notification Delivery Complete`. */
export type DeliveryCompleteDetail = z.infer<typeof deliveryCompleteSchema>;
/** `detail` of `Notification Delivery Timed Out`. */
export type DeliveryTimedOutDetail = z.infer<typeof deliveryTimedOutSchema>;
/** `detail` of `Notification Tracking Failed`. */
export type TrackingFailedDetail = z.infer<typeof trackingFailedSchema>;
/** `detail` of any final event. */
export type FinalEventDetail = DeliveryCompleteDetail | DeliveryTimedOutDetail | TrackingFailedDetail;

/** Output of an execution that succeeded, for a parent state machine to branch on. */
export interface TrackingOutput {
  outcome: Outcome;
  status?: string;
  counts: Counts;
}
