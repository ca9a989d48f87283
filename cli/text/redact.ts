/**
 * Texts of others (Kore's comments, errors of AWS) as an operator sees them on a terminal. A hope, not a promise: a person may be written
 * as a name, a number or in another encoding. The operator may read the table all the same; what is passed on holds no text of Kore's.
 */

/** An e-mail address however it is quoted or encoded: all of the word around its "at". */
const E_MAIL = /("[^"]*")?[^\s]*(@|%40|\uff20)[^\s]*/gi;
const AT = /@|%40|\uff20/i;
const PHONE = /\+?\d[\d\s()./-]{6,}\d/g;
const TOKEN = /\beyJ[\w-]+(\.[\w-]*)*/g;
const LONGEST_TEXT = 200;

/** The text on one line, cut to 200 characters, without what looks like an e-mail address, a phone number or a token. */
export function redact(text: string): string {
  const tokenless = text.slice(0, 10 * LONGEST_TEXT).replace(TOKEN, '[token]');
  // Most have no address, and the pattern takes long to find that out in a long word.
  const addressless = AT.test(tokenless) ? tokenless.replace(E_MAIL, '[address]') : tokenless;
  return addressless
    .replace(PHONE, '[number]')
    .replace(/\s+/g, ' ')
    .slice(0, LONGEST_TEXT)
    .trim()
    .toWellFormed();
}
