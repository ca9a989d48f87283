import { SFNClient } from '@aws-sdk/client-sfn';
import { startCampaign, startTracking, type TrackingInput } from 'notification-delivery-tracker/client';

const stepFunctions = new SFNClient();
const { STATE_MACHINE_ARN = '', CAMPAIGN_STATE_MACHINE_ARN = '' } = process.env;

interface Campaign {
  readonly campaignId: string;
  readonly notifications: readonly TrackingInput[];
}

/** Has a campaign tracked whose notifications Kore.ai has accepted; again and again, if need be, to the same effect. */
export async function handler({ campaignId, notifications }: Campaign) {
  await startCampaign(stepFunctions, CAMPAIGN_STATE_MACHINE_ARN, {
    campaignId,
    notifications: notifications.length,
  });
  for (const notification of notifications) {
    await startTracking(stepFunctions, STATE_MACHINE_ARN, { ...notification, campaignId });
  }
}
