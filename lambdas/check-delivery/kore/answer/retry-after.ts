/** How long a server asks to be left alone: the header `Retry-After` (RFC 9110, section 10.2.3). */

/** An execution lasts a year at most (AWS docs, Step Functions service quotas); no longer wait can be meant. */
const MOST_SECONDS = 31_536_000;

const DELAY_SECONDS = /^\d+$/;
/** RFC 9110, section 5.6.7: the form that is sent today, and two obsolete ones that must be read all the same. */
const HTTP_DATES = [
  /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
  /^[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/,
];

/**
 * Seconds from `now`, or nothing where the header is missing, malformed or past.
 *
 * @param now milliseconds since 1970.
 */
export function retryAfterSeconds(header: string | null, now: number): number | undefined {
  const seconds = secondsIn(header?.trim() ?? '', now);
  return seconds > 0 ? Math.min(seconds, MOST_SECONDS) : undefined;
}

function secondsIn(text: string, now: number): number {
  if (DELAY_SECONDS.test(text)) return Number(text);
  // Date alone would take almost anything for a date, even "-5".
  if (!HTTP_DATES.some((form) => form.test(text))) return 0;
  // The last form names no zone; it is UTC as well.
  const time = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(time) ? 0 : (time - now) / 1000;
}
