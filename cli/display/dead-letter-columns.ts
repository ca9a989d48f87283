/** Dead letters in a list: the same for a table and for CSV. */
import type { List } from '../output/list-texts.ts';
import type { Cell } from '../text/csv.ts';
import { redact } from '../text/redact.ts';
import { timestamp } from '../text/timestamp.ts';
import type { DeadLetter } from '../tracker/dead-letters/dead-letter.ts';

/** What a list shows of one; the event itself is for its target. */
export type ListedLetter = Omit<DeadLetter, 'receiptHandle' | 'body'>;

export function listedLetter({ receiptHandle: _, body: __, ...letter }: DeadLetter): ListedLetter {
  const { errorMessage } = letter;
  return { ...letter, errorMessage: errorMessage === undefined ? undefined : redact(errorMessage) };
}

export const LETTER_HEAD = ['since', 'event', 'about', 'target', 'error'];

export function letterCells({ since, event = '', about = '', ...letter }: ListedLetter): readonly string[] {
  const { targetArn, errorCode, errorMessage } = letter;
  const error = [errorCode, errorMessage].filter((part) => part !== undefined);
  return [timestamp(since), event, about, targetText(targetArn), error.join(': ')];
}

export const LETTER_COLUMNS: Readonly<Record<string, (letter: ListedLetter) => Cell>> = {
  since: ({ since }) => since,
  event: ({ event }) => event,
  about: ({ about }) => about,
  targetArn: ({ targetArn }) => targetArn,
  ruleArn: ({ ruleArn }) => ruleArn,
  errorCode: ({ errorCode }) => errorCode,
  errorMessage: ({ errorMessage }) => errorMessage,
  retries: ({ retries }) => retries,
  messageId: ({ messageId }) => messageId,
};

/** Such as `sqs FollowUp` and `states Reporter`. */
function targetText(arn = ''): string {
  const [, , service = '', , , ...rest] = arn.split(':');
  return `${service} ${rest.at(-1) ?? ''}`.trim();
}

/** One that was forwarded, or would be, unless it is kept. */
export interface ForwardedLetter extends ListedLetter {
  /** Code of why it stays in the queue. */
  readonly kept?: string;
  readonly reason?: string;
}

export function forwardedList(
  letters: readonly ForwardedLetter[],
  { dryRun, more }: { readonly dryRun: boolean; readonly more: boolean },
): List<ForwardedLetter> {
  const kept = letters.filter((letter) => letter.kept !== undefined);
  const forwarded = letters.length - kept.length;
  const reasons = new Set(kept.map((letter) => `${letter.kept}: ${letter.reason}`));
  return {
    name: 'deadLetters',
    facts: { ...(dryRun && { dryRun }) },
    pieces: letters.length === 0 ? [] : [letters],
    rest: () => ({ more, ...(dryRun ? { wouldForward: forwarded } : { forwarded, kept: kept.length }) }),
    columns: { ...LETTER_COLUMNS, kept: (letter) => letter.kept, reason: ({ reason }) => reason },
    table: {
      head: [...LETTER_HEAD.slice(0, -1), dryRun ? 'would be' : 'is'],
      cells: (letter) => [...letterCells(letter).slice(0, -1), fateOf(letter)],
      before: () => [],
      none: ['No dead letters.'],
      after: () => [
        ...reasons,
        dryRun
          ? `${forwarded} would be forwarded. Nothing was sent.`
          : `${forwarded} forwarded, ${kept.length} kept.`,
        ...(more ? ['There are more. Run this again for the next.'] : []),
      ],
    },
  };
}

function fateOf({ kept }: ForwardedLetter): string {
  return kept === undefined ? 'forwarded' : `kept: ${kept}`;
}
