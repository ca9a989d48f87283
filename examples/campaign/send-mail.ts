import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { parseCampaignEvent } from '../../client/index.ts';

const sqs = new SQSClient();

/** Hands one mail about the whole campaign to the queue that mails are sent from. */
export async function handler(event: unknown) {
  const { outcome, data } = parseCampaignEvent(event);
  const subject = `Campaign ${data.campaignId}: ${outcome}`;
  const MessageBody = JSON.stringify({ subject, text: textOf(data) });
  await sqs.send(new SendMessageCommand({ QueueUrl: process.env.MAIL_QUEUE_URL, MessageBody }));
}

function textOf({
  notifications,
  counts,
  error,
}: ReturnType<typeof parseCampaignEvent>['data'] & { error?: { message: string } }) {
  return [
    ...(notifications === undefined || counts === undefined
      ? []
      : [
          `${notifications.complete} of ${notifications.expected} notifications were delivered to the end.`,
          `The channels took ${counts.delivered} messages, and did not take ${counts.failed}.`,
        ]),
    ...(error === undefined ? [] : [error.message]),
  ].join('\n');
}
