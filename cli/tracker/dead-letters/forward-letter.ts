/** Sends a dead letter to its target, and only then deletes it: what dies between the two is sent again. */
import { asCommandError } from '../as-command-error.ts';
import type { AwsClients } from '../aws-clients.ts';
import { type DeadLetterQueue, deleteLetter } from './dead-letter-queue.ts';
import type { Planned } from './plan-forwarding.ts';
import { sendTo } from './send.ts';

/** Why a letter stays in the queue. */
export interface Kept {
  readonly code: string;
  readonly message: string;
}

/** @returns `undefined` where it was sent and deleted. */
export async function forwardLetter(
  aws: AwsClients,
  queue: DeadLetterQueue,
  { letter, to }: Planned,
): Promise<Kept | undefined> {
  if (typeof to === 'string') return undeliverable(to);
  try {
    await sendTo(aws, to);
  } catch (error) {
    const refusal = asCommandError(error);
    return refusal.code === 'TRACKER_GONE' ? undeliverable('TARGET_GONE') : refusal;
  }
  try {
    await deleteLetter(queue, letter);
  } catch (error) {
    const { code, message } = asCommandError(error);
    return { code, message: `It was sent, and would be sent again. ${message}` };
  }
  return undefined;
}

/** Its time was over before it could be sent, as where the question waited long for its answer. */
export const NO_LONGER_HELD: Kept = {
  code: 'NO_LONGER_HELD',
  message: 'Others may have taken it meanwhile, so it was not sent. Run this again.',
};

const SENTENCES: Readonly<Record<Extract<Planned['to'], string>, string>> = {
  NOT_OF_A_RULE: 'The message names no target: EventBridge did not put it there.',
  RULE_GONE: 'Its rule is not there any more, so what the target is to get is not known.',
  TARGET_GONE: 'The target is not there any more, or its rule does not have it.',
  INPUT_TRANSFORMED:
    'The rule makes something of the event that this command does not, or has the target twice.',
  TARGET_NOT_SUPPORTED: 'This command sends to queues, topics, functions and state machines.',
};

export function undeliverable(code: keyof typeof SENTENCES): Kept {
  return { code, message: SENTENCES[code] };
}
