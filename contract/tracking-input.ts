/**
 * What starts a tracking. Within a major version fields are only added; unknown ones are ignored.
 */
import * as z from 'zod/mini';
import type { ApiScope } from './api-scope.ts';

/** Kore's id of a bot (a stream id), or the id of a campaign. It becomes part of a URL or a name, so nothing else is let through. */
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

/** What starts a tracking: the input of an execution of the state machine. Unknown fields are ignored. */
export interface TrackingInput {
  /** Kore's id of the notification: `_id` of the answer to the send request. Unique, so the execution is named by it. */
  requestId: string;
  /** The bot. May be left out where the tracker has a default, or an API scope that needs none. */
  streamId?: string | undefined;
  /**
   * How many recipients the notification has (Kore's `store.identitiesCount`). It foretells the end, and where fewer logs come
   * Kore is asked for them again.
   */
  recipients?: number | undefined;
  /** The campaign that the notification belongs to: its end counts there. */
  campaignId?: string | undefined;
  /** Your own reference, repeated in logs and in the final event. Never put personal data in it. */
  correlationId?: string | undefined;
}

export const trackingInputSchema = z.object({
  requestId: requestIdSchema,
  streamId: z.optional(idSchema),
  recipients: z.optional(
    z.int({ error: 'must be a whole number' }).check(z.minimum(1, { error: 'must be at least 1' })),
  ),
  campaignId: z.optional(idSchema),
  correlationId: z.optional(
    z.string({ error: 'must be a string' }).check(
      z.regex(/^[A-Za-z0-9_.:/#=+-]{1,128}$/, {
        error: 'must be 1 to 128 characters of A-Z, a-z, 0-9 and "_.:/#=+-"',
      }),
    ),
  ),
}) satisfies z.ZodMiniType<TrackingInput>;

/** What of a tracker decides whether an input must name the bot. */
export interface BotRule {
  readonly apiScope: ApiScope;
  readonly defaultStreamId?: string | undefined;
}

/** Whether Kore's path names the bot, and neither the input nor the tracker does: then it cannot be tracked. */
export function lacksStreamId(
  { streamId }: Pick<TrackingInput, 'streamId'>,
  { apiScope, defaultStreamId }: BotRule,
): boolean {
  return apiScope === 'app-builder' && streamId === undefined && defaultStreamId === undefined;
}
