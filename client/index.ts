/**
 * For workloads that start trackings and consumers that react to their final events. Needs no CDK.
 *
 * @module client
 */
export {
  type Counts,
  DEFAULT_EVENT_SOURCE,
  DETAIL_TYPES,
  type DeliveryCompleteDetail,
  type DeliveryTimedOutDetail,
  executionName,
  type FinalEventDetail,
  type Outcome,
  type TrackingFailedDetail,
  type TrackingInput,
  type TrackingOutput,
} from '../lib/contract.ts';
export {
  type FinalEventFilter,
  type FinalEventPattern,
  type FinalStatus,
  finalEventPattern,
} from '../lib/event-pattern.ts';
export { type FinalEvent, NotAFinalEventError, parseFinalEvent } from './parse-final-event.ts';
export {
  executionArn,
  InvalidTrackingInputError,
  type StartedTracking,
  startTracking,
} from './start-tracking.ts';
