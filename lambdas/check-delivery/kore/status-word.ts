/** Kore's status words, of the whole and of a recipient, in one form. */

/** A status that is no word: Kore sent none, or a text that may hold anything. */
const UNKNOWN_STATUS = 'UNKNOWN';

const WORD = /^[A-Z][A-Z0-9_]{0,39}$/;

/** Statuses that will not change (Kore.ai docs, Proactive Notification Status API). */
const FINAL_STATUSES = ['SUCCESS', 'PARTIAL_SUCCESS', 'FAILURE'];
const IN_PROGRESS = 'IN_PROGRESS';

/** Whether Kore's docs know this word; an unknown one counts as in progress, and is worth a line in the log. */
export function isKnownStatus(status: string): boolean {
  return status === IN_PROGRESS || isFinalStatus(status);
}

export function isFinalStatus(status: string): boolean {
  return FINAL_STATUSES.includes(status);
}

/** Plain synonyms of the three words that Kore's docs have for an end: rules match those. */
const SYNONYMS: Readonly<Record<string, string>> = {
  SUCCEEDED: 'SUCCESS',
  SUCCESSFUL: 'SUCCESS',
  PARTIAL: 'PARTIAL_SUCCESS',
  PARTIALLY_SUCCESSFUL: 'PARTIAL_SUCCESS',
  PARTIAL_FAILURE: 'PARTIAL_SUCCESS',
  FAIL: 'FAILURE',
  FAILED: 'FAILURE',
};

/**
 * The word in upper case, with underscores for spaces and hyphens, and in Kore's documented form. It goes into events and logs,
 * so a text that is no word becomes `UNKNOWN`.
 */
export function statusWord(status: unknown): string {
  const text = typeof status === 'string' ? status : '';
  const word = text
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, '_');
  if (!WORD.test(word)) return UNKNOWN_STATUS;
  return (Object.hasOwn(SYNONYMS, word) && SYNONYMS[word]) || word;
}

/** Words for an end that do not say how it was. */
const ENDED: readonly string[] = ['COMPLETE', 'COMPLETED', 'DONE', 'FINISHED'];

/**
 * The word for a whole: where Kore's only says that it has ended, the logs say how.
 *
 * @param statuses of the logs, as `statusWord` has them.
 */
export function wholeStatus(word: string, statuses: readonly string[]): string {
  if (!ENDED.includes(word)) return word;
  const failed = statuses.filter((status) => status === 'FAILURE').length;
  if (failed === 0) return 'SUCCESS';
  return failed === statuses.length ? 'FAILURE' : 'PARTIAL_SUCCESS';
}
