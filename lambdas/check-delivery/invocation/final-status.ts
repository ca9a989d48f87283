/**
 * Kore's final status, kept while fewer logs have come than were announced: they may follow within a minute or two, and no
 * check comes after the end.
 */
import * as z from 'zod/mini';
import { isFinalStatus, type StatusWord, statusWordSchema } from '../kore/words/status-word.ts';

export const finalStatusSchema = z.object({
  /** Kore's latest final word. */
  status: statusWordSchema,
  /** Seconds from the start of the execution to the first one: the delivery had ended by then. */
  seenSeconds: z.number(),
  /** How often Kore was asked again since. */
  checks: z.prefault(z.int(), 0),
  /** How many logs the input or Kore's latest answer announced; 0 where neither did. */
  expected: z.prefault(z.int(), 0),
});
export type FinalStatus = z.infer<typeof finalStatusSchema>;

/** Logs of a notification: in table and answer together, and as announced. */
export interface LogsSeen {
  readonly total: number;
  readonly expected: number;
}

/** What is known of the final status after an answer; `undefined` before there is any. */
export function finalStatusAfter(
  answered: StatusWord,
  { expected }: LogsSeen,
  before: FinalStatus | undefined,
  elapsedSeconds: number,
): FinalStatus | undefined {
  const isFinal = isFinalStatus(answered);
  if (before !== undefined) {
    const status = isFinal ? answered : before.status;
    return { ...before, status, checks: before.checks + 1, expected };
  }
  return isFinal ? { status: answered, seenSeconds: elapsedSeconds, checks: 0, expected } : undefined;
}

/** Seconds from one check to the next. */
const WAITS: readonly number[] = [10, 30, 60];
const LONGEST_SECONDS = 120;

/** Seconds until Kore is asked again; `undefined` where all logs are there, or have been waited for long enough. */
export function secondsToNextCheck(
  { checks, seenSeconds }: FinalStatus,
  { total, expected }: LogsSeen,
  elapsedSeconds: number,
): number | undefined {
  // A notification has a recipient at least, so no log at all is too few.
  if (total >= Math.max(1, expected)) return undefined;
  return elapsedSeconds - seenSeconds < LONGEST_SECONDS ? WAITS[checks] : undefined;
}
