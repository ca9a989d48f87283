/** Reads final events: what a consumer calls with whatever its queue, function or rule target received. */
import { DETAIL_TYPES } from '../contract/event/event-names.ts';
import {
  type DeliveryCompleteDetail,
  type DeliveryTimedOutDetail,
  deliveryCompleteSchema,
  deliveryTimedOutSchema,
  type TrackingFailedDetail,
  trackingFailedSchema,
} from '../contract/event/final-event.ts';
import { parseEvent } from './parse-event.ts';

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

const FINAL_EVENTS = {
  detailTypes: DETAIL_TYPES,
  schemas: {
    complete: deliveryCompleteSchema,
    'timed-out': deliveryTimedOutSchema,
    failed: trackingFailedSchema,
  },
  Refusal: NotAFinalEventError,
};

/**
 * Checks the event and gives it its type. Fields that this version does not know are left out.
 *
 * @param event as EventBridge delivers it: an object with `detail-type` and `detail`, or that as JSON text (an SQS body).
 * @throws NotAFinalEventError `NOT_A_FINAL_EVENT`, naming the field; never a value.
 */
export function parseFinalEvent(event: unknown): FinalEvent {
  const { name, detail } = parseEvent(event, FINAL_EVENTS);
  return { outcome: name, ...detail } as FinalEvent;
}
