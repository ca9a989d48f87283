/** Kore's status words, of the whole and of a recipient, in one form. */

/** A status that is no word: Kore sent none, or a text that may hold anything. */
const UNKNOWN_STATUS = 'UNKNOWN';

const WORD = /^[A-Z][A-Z0-9_]{0,39}$/;

/** The word in upper case. It goes into events and logs, so a text that is no word becomes `UNKNOWN`. */
export function statusWord(status: unknown): string {
  const word = typeof status === 'string' ? status.trim().toUpperCase() : '';
  return WORD.test(word) ? word : UNKNOWN_STATUS;
}
