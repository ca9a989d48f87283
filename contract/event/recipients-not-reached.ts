/**
 * The event that announces failures while the delivery goes on, so that nobody waits hours to fall back.
 *
 * Within a major version fields are only added, so read what you know and ignore the rest.
 */
import * as z from 'zod/mini';
import { type EventMetadata, metadataSchema } from './final-event.ts';

/** `detail` of `Notification Recipients Not Reached`: failures that were not announced before. */
export type RecipientsNotReachedDetail = {
  /**
   * `id` is the execution's ARN, `#` and the number of the check that saw the failures. EventBridge delivers at least once: drop an
   * event whose id you have seen.
   */
  metadata: EventMetadata;
  data: {
    requestId: string;
    streamId?: string | undefined;
    /** Sort keys of rows with Kore's status `FAILURE`; 200 at most. A row may turn to success later. */
    logIds: string[];
    /** How many failures the event announces, named in it or not. */
    count: number;
    /** Whether some are not named: query the table for all rows with the status `FAILURE`. */
    more: boolean;
    /** Where the rows are: `partitionKey` is their `requestId`, a log id their `logId`. */
    deliveryLog: { tableArn: string; partitionKey: string };
  };
};

export const recipientsNotReachedSchema = z.object({
  metadata: z.required(metadataSchema, { timestamp: true }),
  data: z.object({
    requestId: z.string(),
    streamId: z.optional(z.string()),
    logIds: z.array(z.string()),
    count: z.int(),
    more: z.boolean(),
    deliveryLog: z.object({ tableArn: z.string(), partitionKey: z.string() }),
  }),
}) satisfies z.ZodMiniType<RecipientsNotReachedDetail>;
