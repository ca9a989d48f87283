/** How many events are in the dead-letter queue. */
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

const VISIBLE = 'ApproximateNumberOfMessages';
/** Of messages that somebody has received and not deleted yet. */
const RECEIVED = 'ApproximateNumberOfMessagesNotVisible';

export async function readDeadLetters(client: SQSClient, queueUrl: string): Promise<number> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [VISIBLE, RECEIVED] }),
  );
  return Number(Attributes[VISIBLE] ?? 0) + Number(Attributes[RECEIVED] ?? 0);
}
