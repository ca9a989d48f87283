/** Reads final events: what a consumer calls with whatever its queue, function or rule target received. */
import { DETAIL_TYPES, type Outcome } from '../contract/event-names.ts';
import {
  type DeliveryCompleteDetail,
  type DeliveryTimedOutDetail,
  deliveryCompleteSchema,
  deliveryTimedOutSchema,
  type TrackingFailedDetail,
  trackingFailedSchema,
} from '../contract/final-event.ts';

/** A final event; `outcome` tells which. Drop one whose `metadata.id` you have seen: EventBridge delivers at least once. */
export type FinalEvent =
  | ({ readonly outcome: 'complete' } & DeliveryCompleteDetail)
  | ({ readonly outcome: 'timed-out' } & DeliveryTimedOutDetail)
  | ({ readonly outcome: 'failed' } & TrackingFailedDetail);

/** The value is no final event of a tracker that this version knows. */
export class NotAFinalEventError extends Error {
  override readonly name = 'NotAFinalEventError';
  readonly code = 'NOT_A_FINAL_EVENT';
}

const SCHEMAS = {
  complete: deliveryCompleteSchema,
  'timed-out': deliveryTimedOutSchema,
  failed: trackingFailedSchema,
} as const;

/**
 * Checks the event and gives it its type. Fields that this version does not know are left out.
 *
 * @param event as EventBridge delivers it: an object with `detail-type` and `detail`, or that as JSON text (an SQS body).
 * @throws NotAFinalEventError `NOT_A_FINAL_EVENT`, naming the field; never a value.
 */
export function parseFinalEvent(event: unknown): FinalEvent {
  const { 'detail-type': detailType, detail } = fieldsOf(event);
  const outcome = (Object.keys(DETAIL_TYPES) as Outcome[]).find((one) => DETAIL_TYPES[one] === detailType);
  if (outcome === undefined) {
    throw new NotAFinalEventError(
      `"detail-type" is none of ${Object.values(DETAIL_TYPES).join(', ')}. Check the rule's event pattern.`,
    );
  }
  const parsed = SCHEMAS[outcome].safeParse(detail);
  if (parsed.success) return { outcome, ...parsed.data } as FinalEvent;
  const [issue] = parsed.error.issues;
  throw new NotAFinalEventError(
    `"${['detail', ...(issue?.path ?? [])].join('.')}" of "${DETAIL_TYPES[outcome]}" is not as the contract says. Check that nothing rewrites the event on its way, and that this package is not older than the tracker.`,
  );
}

function fieldsOf(event: unknown): Record<string, unknown> {
  let fields = event;
  if (typeof event === 'string') {
    try {
      fields = JSON.parse(event);
    } catch {
      throw new NotAFinalEventError('The text is not JSON. Give the event as EventBridge delivers it.');
    }
  }
  if (typeof fields === 'object' && fields !== null) return fields as Record<string, unknown>;
  throw new NotAFinalEventError('The event is not an object. Give it as EventBridge delivers it.');
}
