/** Reads the events that end campaigns. */
import {
  type CampaignCompleteDetail,
  type CampaignFailedDetail,
  type CampaignTimedOutDetail,
  campaignCompleteSchema,
  campaignFailedSchema,
  campaignTimedOutSchema,
} from '../contract/campaign/campaign-event.ts';
import { CAMPAIGN_DETAIL_TYPES } from '../contract/event/event-names.ts';
import { parseEvent } from './parse-event.ts';

/** The event that ends a campaign; `outcome` tells how. Drop one whose `metadata.id` you have seen: EventBridge delivers at least once. */
export type CampaignEvent =
  | ({ readonly outcome: 'complete' } & CampaignCompleteDetail)
  | ({ readonly outcome: 'timed-out' } & CampaignTimedOutDetail)
  | ({ readonly outcome: 'failed' } & CampaignFailedDetail);

/** The value is no event that ends a campaign, of a tracker that this version knows. */
export class NotACampaignEventError extends Error {
  override readonly name = 'NotACampaignEventError';
  readonly code = 'NOT_A_CAMPAIGN_EVENT';
}

const CAMPAIGN_EVENTS = {
  detailTypes: CAMPAIGN_DETAIL_TYPES,
  schemas: {
    complete: campaignCompleteSchema,
    'timed-out': campaignTimedOutSchema,
    failed: campaignFailedSchema,
  },
  Refusal: NotACampaignEventError,
};

/**
 * Checks the event and gives it its type. Fields that this version does not know are left out.
 *
 * @param event as EventBridge delivers it: an object with `detail-type` and `detail`, or that as JSON text (an SQS body).
 * @throws NotACampaignEventError `NOT_A_CAMPAIGN_EVENT`, naming the field; never a value.
 */
export function parseCampaignEvent(event: unknown): CampaignEvent {
  const { name, detail } = parseEvent(event, CAMPAIGN_EVENTS);
  return { outcome: name, ...detail } as CampaignEvent;
}
