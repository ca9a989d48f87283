/**
 * For workloads that start trackings and consumers that react to their final events. Needs no CDK.
 *
 * @module client
 */
export type { Counts } from '../contract/counts.ts';
export { DEFAULT_EVENT_SOURCE, DETAIL_TYPES, type Outcome } from '../contract/event-names.ts';
export {
  type CampaignEventFilter,
  campaignEventPattern,
  type EventFilter,
  type EventPattern,
  type FinalEventFilter,
  type FinalEventPattern,
  type FinalStatus,
  finalEventPattern,
  recipientsNotReachedPattern,
} from '../contract/event-pattern.ts';
export { executionArn, executionName } from '../contract/execution-name.ts';
export type {
  DeliveryCompleteDetail,
  DeliveryTimedOutDetail,
  FinalEventDetail,
  TrackingFailedDetail,
  TrackingOutput,
} from '../contract/final-event.ts';
export type { TrackingInput } from '../contract/tracking-input.ts';
export { type FinalEvent, NotAFinalEventError, parseFinalEvent } from './parse-final-event.ts';
export { InvalidTrackingInputError, type StartedTracking, startTracking } from './start-tracking.ts';
