/** Which window a refusal of Kore.ai's says is full. */
import type { FullWindow } from '../../obstacle.ts';

/** Kore.ai docs, Rate Limits, and its community article of that name: the text as it was, without its several endings. */
const ANY_WINDOW_TEXT = /rate limit for this api has been reached/i;
/** The newer texts begin with "You've"; it is left out, since an apostrophe may be straight, typographic or escaped. */
const MINUTE_TEXT = /exceeded the per.{1,6}minute rate limit/i;
const HOUR_TEXT = /exceeded the hourly rate limit/i;

/**
 * The window that a refusal is for, or nothing where it is none by the rate limit. Neither its HTTP status nor its form
 * is documented: the texts count under any 4xx, and in a body that is no JSON. A refusal that names no window is taken
 * for the shorter one.
 */
export function fullWindowOf(status: number, body: string): FullWindow | undefined {
  if (status < 400 || status >= 500) return undefined;
  if (HOUR_TEXT.test(body)) return 'hour';
  const isForMinute = status === 429 || MINUTE_TEXT.test(body) || ANY_WINDOW_TEXT.test(body);
  return isForMinute ? 'minute' : undefined;
}
