import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';

const stepFunctions = new SFNClient();

/** Starts a tracking for a notification that Kore.ai has accepted; again and again, if need be, to the same effect. */
export async function handler(notification: { requestId: string; streamId: string; recipients: number }) {
  const { executionArn } = await stepFunctions.send(
    new StartExecutionCommand({
      stateMachineArn: process.env.STATE_MACHINE_ARN,
      // Kore.ai's request ids are unique: a second start returns the running execution.
      name: notification.requestId,
      input: JSON.stringify({ ...notification, correlationId: 'campaign-2026-11' }),
    }),
  );
  return executionArn;
}
