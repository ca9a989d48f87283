import { SFNClient } from '@aws-sdk/client-sfn';
import { startTracking } from '../../client/index.ts';

const stepFunctions = new SFNClient();

/** Starts a tracking for a notification that Kore.ai has accepted; again and again, if need be, to the same effect. */
export async function handler(notification: { requestId: string; streamId: string; recipients: number }) {
  const stateMachineArn = process.env.STATE_MACHINE_ARN ?? '';
  return startTracking(stepFunctions, stateMachineArn, {
    ...notification,
    correlationId: 'campaign-2026-11',
  });
}
