/** Texts of others (Kore's error messages) before they go into a log or an event. */

const ADDRESS = /[^\s"'<>(),;:]+@[^\s"'<>(),;]+|\+?\d[\d\s().-]{6,}\d/g;
const TOKEN = /\beyJ[\w-]+(\.[\w-]*)*/g;
const LONGEST_TEXT = 200;

/** The text on one line, cut to 200 characters, without anything that looks like an address, a number or a token. */
export function redact(text: string): string {
  return text
    .slice(0, 10 * LONGEST_TEXT)
    .replace(TOKEN, '[token]')
    .replace(ADDRESS, '[address]')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_TEXT);
}
