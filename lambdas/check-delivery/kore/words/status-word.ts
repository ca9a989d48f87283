/**
 * Kore's status words, of the whole and of a recipient, in one form. They go into events, logs and states, so each is from a
 * list: Kore may write anything into a status, a person's name too.
 */
import * as z from 'zod/mini';
import { PLAUSIBLE_STATUSES } from './plausible-statuses.ts';

/** Statuses that will not change (Kore.ai docs, Proactive Notification Status API). */
const FINAL_STATUSES = ['SUCCESS', 'PARTIAL_SUCCESS', 'FAILURE'] as const;

/** The documented word for a delivery that goes on. */
const IN_PROGRESS = 'IN_PROGRESS';

/** Words for an end that do not say how it was. */
const ENDED = ['COMPLETE', 'COMPLETED', 'DONE', 'FINISHED'] as const;

/** A status that is none of these words. Kore's own is in the row, under `log`. */
const UNKNOWN_STATUS = 'UNKNOWN';

const WORDS = [...FINAL_STATUSES, IN_PROGRESS, ...ENDED, ...PLAUSIBLE_STATUSES, UNKNOWN_STATUS] as const;
export type StatusWord = (typeof WORDS)[number];

/** Plain synonyms of the three words that Kore's docs have for an end: rules match those. */
const SYNONYMS: Readonly<Record<string, StatusWord>> = {
  SUCCEEDED: 'SUCCESS',
  SUCCESSFUL: 'SUCCESS',
  PARTIAL: 'PARTIAL_SUCCESS',
  PARTIALLY_SUCCESSFUL: 'PARTIAL_SUCCESS',
  PARTIAL_FAILURE: 'PARTIAL_SUCCESS',
  FAIL: 'FAILURE',
  FAILED: 'FAILURE',
};

const KNOWN: ReadonlyMap<string, StatusWord> = new Map([
  ...WORDS.map((word) => [word, word] as const),
  ...Object.entries(SYNONYMS),
]);

/** Whether Kore's docs know this word; another one counts as in progress, and is worth a line in the log. */
export function isKnownStatus(status: StatusWord): boolean {
  return status === IN_PROGRESS || isFinalStatus(status);
}

export function isFinalStatus(status: StatusWord): boolean {
  return isOneOf(FINAL_STATUSES, status);
}

/** The word in upper case, with underscores for spaces and hyphens, and in Kore's documented form; `UNKNOWN` where it is not listed. */
export function statusWord(status: unknown): StatusWord {
  if (typeof status !== 'string') return UNKNOWN_STATUS;
  const word = status
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, '_');
  return KNOWN.get(word) ?? UNKNOWN_STATUS;
}

/** A word that a check before has left; an earlier release let any through. */
export const statusWordSchema = z.pipe(
  z.string(),
  z.transform((word: string) => statusWord(word)),
);

/**
 * The word for a whole: where Kore's only says that it has ended, the logs say how.
 *
 * @param statuses of the logs.
 */
export function wholeStatus(word: StatusWord, statuses: readonly StatusWord[]): StatusWord {
  if (!isOneOf(ENDED, word)) return word;
  const failed = statuses.filter((status) => status === 'FAILURE').length;
  if (failed === 0) return 'SUCCESS';
  return failed === statuses.length ? 'FAILURE' : 'PARTIAL_SUCCESS';
}

function isOneOf(words: readonly StatusWord[], word: StatusWord): boolean {
  return words.includes(word);
}
