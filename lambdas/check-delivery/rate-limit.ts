/** Kore.ai's refusals by its rate limit: which window a refusal says is full, and how long to leave Kore alone then. */

/** Both windows are rolling; a full hour blocks every call, also where the minute has room (Kore.ai docs, Rate Limits). */
export type FullWindow = 'minute' | 'hour';

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

const MINUTE_SECONDS = 60;
const FIRST_HOURLY_WAIT_SECONDS = 300;
const LONGEST_HOURLY_WAIT_SECONDS = 3_600;

/**
 * Seconds to wait after a refusal. After a full minute the window has gone by. A full hour may have room again at any time,
 * so the wait begins far below it, and doubles with every such refusal in a row.
 *
 * @param lastHourlyWait seconds; absent where no refusal by the hour came just before.
 */
export function waitForWindow(fullWindow: FullWindow, lastHourlyWait: number | undefined): number {
  if (fullWindow === 'minute') return MINUTE_SECONDS;
  const doubled = Math.max(FIRST_HOURLY_WAIT_SECONDS, 2 * (lastHourlyWait ?? 0));
  return Math.min(LONGEST_HOURLY_WAIT_SECONDS, doubled);
}
