/**
 * For workloads that start trackings and consumers that react to their events. Needs no CDK.
 *
 * @module client
 */
export type {
  CampaignCompleteDetail,
  CampaignEventDetail,
  CampaignFailedDetail,
  CampaignNotifications,
  CampaignOutput,
  CampaignTimedOutDetail,
  TrackedCampaign,
} from '../contract/campaign/campaign-event.ts';
export type { CampaignInput } from '../contract/campaign/campaign-input.ts';
export type { CampaignRow } from '../contract/campaign/campaign-row.ts';
export type { Counts } from '../contract/counts.ts';
export {
  CAMPAIGN_DETAIL_TYPES,
  DEFAULT_EVENT_SOURCE,
  DETAIL_TYPES,
  NOT_REACHED_DETAIL_TYPE,
  type Outcome,
} from '../contract/event/event-names.ts';
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
} from '../contract/event/event-pattern.ts';
export type {
  DeliveryCompleteDetail,
  DeliveryTimedOutDetail,
  EventError,
  EventMetadata,
  FinalEventDetail,
  TrackedDelivery,
  TrackingFailedDetail,
  TrackingOutput,
} from '../contract/event/final-event.ts';
export type { RecipientsNotReachedDetail } from '../contract/event/recipients-not-reached.ts';
export { executionArn, executionName } from '../contract/execution-name.ts';
export { CAMPAIGN_INDEX, campaignPartition, SUMMARY_ID } from '../contract/table-names.ts';
export type { TrackingInput } from '../contract/tracking-input.ts';
export { CampaignDiffersError } from './campaign-differs-error.ts';
export { InvalidInputError } from './invalid-input.ts';
export { type CampaignEvent, NotACampaignEventError, parseCampaignEvent } from './parse-campaign-event.ts';
export { type FinalEvent, NotAFinalEventError, parseFinalEvent } from './parse-final-event.ts';
export {
  NotARecipientsNotReachedEventError,
  parseRecipientsNotReached,
} from './parse-recipients-not-reached.ts';
export { InvalidCampaignInputError, type StartedCampaign, startCampaign } from './start-campaign.ts';
export { InvalidTrackingInputError, type StartedTracking, startTracking } from './start-tracking.ts';
