/** The tracker's dead-letter queue. Messages that are looked at are hidden from others meanwhile, and given back. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { TrackerDescription } from '../../../contract/tracker-description.ts';
import { interruption } from '../../interruptible.ts';
import type { Session } from '../../session.ts';
import type { AwsClients } from '../aws-clients.ts';
import { eachOf } from '../rows/newest-first.ts';
import { trackerTooOld } from '../too-old.ts';
import { type DeadLetter, deadLetterOf } from './dead-letter.ts';

export interface DeadLetterQueue {
  readonly client: SQSClient;
  readonly url: string;
}

export interface TakenLetters {
  /** Oldest first. */
  readonly letters: readonly DeadLetter[];
  /** Whether there may be more. */
  readonly more: boolean;
  /** From then on others may take them; milliseconds since 1970. */
  readonly heldUntil: number;
}

/** So many are looked at at once: all of them are in memory, and hidden. */
const MOST_LETTERS = 1_000;
/** Longer than 1,000 of them take; after it they are seen again, whatever became of the command. */
const HIDDEN_SECONDS = 300;
/** For one that is being sent at the end of that time. */
const SPARE_SECONDS = 60;
/** With a wait SQS asks all of its servers, so that an answer without messages means that there are none (AWS docs, Amazon SQS short and long polling). */
const WAIT_SECONDS = 1;
/** SQS's limit. */
const MESSAGES_AT_ONCE = 10;

/** @throws CommandError `TRACKER_TOO_OLD`. */
export async function deadLetterQueueOf({
  aws,
  description,
}: {
  readonly aws: AwsClients;
  readonly description: TrackerDescription;
}): Promise<DeadLetterQueue> {
  const { deadLetterQueueUrl: url } = description;
  if (url === undefined) throw trackerTooOld(description, 'its dead-letter queue');
  return { client: await aws.sqs(), url };
}

/**
 * Gives back what it has taken where it fails: who looks next would be told that there are none.
 *
 * @throws CommandError `INTERRUPTED`.
 */
export async function takeLetters(
  queue: DeadLetterQueue,
  { clock, interrupted }: Pick<Session, 'clock' | 'interrupted'>,
): Promise<TakenLetters> {
  const heldUntil = clock.now() + 1000 * (HIDDEN_SECONDS - SPARE_SECONDS);
  const letters = new Map<string, DeadLetter>();
  let messages: readonly Message[];
  try {
    do {
      messages = await receive(queue);
      // A message that comes twice is one; its latest receipt counts.
      for (const letter of messages.map(deadLetterOf)) letters.set(letter.messageId, letter);
      if (interrupted.aborted) throw interruption();
    } while (messages.length > 0 && letters.size < MOST_LETTERS);
  } catch (error) {
    await giveBack(queue, [...letters.values()]);
    throw error;
  }
  const inOrder = [...letters.values()].sort((a, b) => (a.since < b.since ? -1 : 1));
  return { letters: inOrder, more: messages.length > 0, heldUntil };
}

async function receive({ client, url }: DeadLetterQueue): Promise<readonly Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: MESSAGES_AT_ONCE,
      VisibilityTimeout: HIDDEN_SECONDS,
      WaitTimeSeconds: WAIT_SECONDS,
      MessageSystemAttributeNames: ['SentTimestamp'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}

/** Lets others see them again; those for which this fails are seen again by themselves. */
export async function giveBack(
  { client, url }: DeadLetterQueue,
  letters: readonly DeadLetter[],
): Promise<void> {
  await eachOf(letters, ({ receiptHandle }) =>
    client
      .send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: 0,
        }),
      )
      .catch(() => {}),
  );
}

export async function deleteLetter(
  { client, url }: DeadLetterQueue,
  { receiptHandle }: DeadLetter,
): Promise<void> {
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receiptHandle }));
}
