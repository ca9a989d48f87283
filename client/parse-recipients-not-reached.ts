/** Reads the events that announce failures while the delivery goes on. */
import { NOT_REACHED_DETAIL_TYPE } from '../contract/event/event-names.ts';
import {
  type RecipientsNotReachedDetail,
  recipientsNotReachedSchema,
} from '../contract/event/recipients-not-reached.ts';
import { parseEvent } from './parse-event.ts';

/** The value is no event that announces failures, of a tracker that this version knows. */
export class NotARecipientsNotReachedEventError extends Error {
  override readonly name = 'NotARecipientsNotReachedEventError';
  readonly code = 'NOT_A_RECIPIENTS_NOT_REACHED_EVENT';
}

const NOT_REACHED_EVENTS = {
  detailTypes: { notReached: NOT_REACHED_DETAIL_TYPE },
  schemas: { notReached: recipientsNotReachedSchema },
  Refusal: NotARecipientsNotReachedEventError,
};

/**
 * Checks the event and gives its detail. Fields that this version does not know are left out.
 *
 * @param event as EventBridge delivers it: an object with `detail-type` and `detail`, or that as JSON text (an SQS body).
 * @throws NotARecipientsNotReachedEventError `NOT_A_RECIPIENTS_NOT_REACHED_EVENT`, naming the field; never a value.
 */
export function parseRecipientsNotReached(event: unknown): RecipientsNotReachedDetail {
  return parseEvent(event, NOT_REACHED_EVENTS).detail;
}
