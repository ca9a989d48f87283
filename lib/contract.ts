/**
 * The contract with those who use the tracker: what starts a tracking, and the events that end one.
 *
 * Within a major version fields are only added, so read what you know and ignore the rest.
 */
import * as z from 'zod/mini';

/** `source` of every event, unless the tracker is configured with another. */
export const DEFAULT_EVENT_SOURCE = 'notification-delivery-tracker';

/** `detail-type` of the one final event of a tracking. */
export const DETAIL_TYPES = {
  complete: 'Notification Delivery Complete',
  'timed-out': 'Notification Delivery Timed Out',
  failed: 'Notification Tracking Failed',
} as const;

/** How a tracking ended. */
export type Outcome = keyof typeof DETAIL_TYPES;

/** Kore's id of a bot (a stream id). It becomes part of a URL, so nothing else is let through; no prefix is demanded. */
export const idSchema = z.string({ error: 'must be a string' }).check(
  z.regex(/^[A-Za-z0-9_-]{1,76}$/, {
    error: 'must be 1 to 76 characters of A-Z, a-z, 0-9, "_" and "-"',
  }),
);

/**
 * Kore's id of a notification. It becomes part of a URL, and the name of the execution that tracks it, where "--" and digits at the
 * end tell later attempts apart.
 */
export const requestIdSchema = z.string({ error: 'must be a string' }).check(
  z.regex(/^(?!.*--\d+$)[A-Za-z0-9_-]{1,76}$/, {
    error: 'must be 1 to 76 characters of A-Z, a-z, 0-9, "_" and "-", and not end in "--" and digits',
  }),
);

/** Input of an execution of the state machine. Unknown fields are ignored. */
export const trackingInputSchema = z.object({
  /** Kore's id of the notification: `_id` of the answer to the send request. Unique, so the execution is named by it. */
  requestId: requestIdSchema,
  /** The bot. May be left out where the tracker has a default, or an API scope that needs none. */
  streamId: z.optional(idSchema),
  /**
   * How many recipients the notification has (Kore's `store.identitiesCount`). It foretells the end, and where fewer logs come
   * Kore is asked for them again.
   */
  recipients: z.optional(
    z.int({ error: 'must be a whole number' }).check(z.minimum(1, { error: 'must be at least 1' })),
  ),
  /** Your own reference, repeated in logs and in the final event. Never put personal data in it. */
  correlationId: z.optional(
    z.string({ error: 'must be a string' }).check(
      z.regex(/^[A-Za-z0-9_.:/#=+-]{1,128}$/, {
        error: 'must be 1 to 128 characters of A-Z, a-z, 0-9 and "_.:/#=+-"',
      }),
    ),
  ),
});
/** What starts a tracking. */
export type TrackingInput = z.infer<typeof trackingInputSchema>;

/**
 * Name of the execution that tracks a notification: its request id, which Kore makes unique, so that a second start
 * does not track twice. A later attempt, after one that failed or timed out, is `{requestId}--{attempt}`.
 *
 * @param attempt from 1.
 */
export function executionName(requestId: string, attempt = 1): string {
  return attempt === 1 ? requestId : `${requestId}--${attempt}`;
}

/** Rows of the delivery log table, one for each recipient that Kore has reported on. */
export const countsSchema = z.object({
  /** All rows. */
  total: z.int(),
  /** Rows with Kore's status `SUCCESS`: the channel took the message ("sent successfully"); Kore does not say who got it. */
  delivered: z.int(),
  /** Rows with Kore's status `FAILURE`. */
  failed: z.int(),
  /** How many the input or Kore announced, where fewer came until two minutes after the final status. */
  expected: z.optional(z.int()),
});
/** How many recipients Kore has reported on, in all and by its word for them. */
export type Counts = z.infer<typeof countsSchema>;

/** The request id that an execution's name tells; 0.1.0 had a dot before the number of an attempt. */
export function requestIdIn(executionName: string): string {
  return executionName.replace(/(--|\.)\d+$/, '');
}

const metadataSchema = z.object({
  /** ARN of the execution. EventBridge delivers at least once: drop an event whose id you have seen. */
  id: z.string(),
  version: z.literal('1'),
  /** When the event was made, ISO 8601 in UTC. */
  timestamp: z.optional(z.iso.datetime()),
  correlationId: z.optional(z.string()),
});

const errorSchema = z.object({
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
