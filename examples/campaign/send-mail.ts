import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { type CampaignEvent, parseCampaignEvent } from 'notification-delivery-tracker/client';

const sqs = new SQSClient();

/** Hands one mail about the whole campaign to the queue that mails are sent from. */
export async function handler({ Records }: SQSEvent) {
  for (const { body } of Records) {
    const { outcome, data } = parseCampaignEvent(body);
    const subject = `Campaign ${data.campaignId}: ${outcome}`;
    const MessageBody = JSON.stringify({ subject, text: textOf(data) });
    await sqs.send(new SendMessageCommand({ QueueUrl: process.env.MAIL_QUEUE_URL, MessageBody }));
  }
}

/** Without numbers, if nothing is known of the campaign; with an error, if it is not complete. */
function textOf(data: CampaignEvent['data'] & { error?: { message: string } }) {
  const { notifications, counts, error } = data;
  return [
    ...(notifications === undefined || counts === undefined
      ? []
      : [
          `The delivery of ${notifications.complete} of ${notifications.expected} notifications is complete.`,
          `${counts.delivered} messages were delivered, and ${counts.failed} failed.`,
        ]),
    ...(error === undefined ? [] : [error.message]),
  ].join('\n');
}
