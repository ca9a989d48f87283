/** Texts of others (Kore's error messages) before they go into a log or an event. */

/** An e-mail address however it is quoted or encoded: all of the word around its "at". */
const E_MAIL = /("[^"]*")?[^\s]*(@|%40|\uff20)[^\s]*/gi;
const PHONE = /\+?\d[\d\s()./-]{6,}\d/g;
const TOKEN = /\beyJ[\w-]+(\.[\w-]*)*/g;
const LONGEST_TEXT = 200;

/** The text on one line, cut to 200 characters, without what looks like an e-mail address, a phone number or a token. */
export function redact(text: string): string {
  return text
    .slice(0, 10 * LONGEST_TEXT)
    .replace(TOKEN, '[token]')
    .replace(E_MAIL, '[address]')
    .replace(PHONE, '[number]')
    .replace(/\s+/g, ' ')
    .slice(0, LONGEST_TEXT)
    .trim()
    .toWellFormed();
}
