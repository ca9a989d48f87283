/** A text that takes over a terminal where it is printed as it is, and what of it must never get there. */

/** Told apart from what the program itself prints. */
export const MARK = 'foreign';
const FORGED = 'Forged: delivery complete';

const SEQUENCES = [
  // Puts a text on the clipboard, clears the screen, hides what follows, sets the window's title, links elsewhere.
  ...['\u001b]52;c;Zm9yZ2Vk\u0007', '\u001b[2J\u001b[H', '\u001b[8m', '\u001b]0;title\u001b\\'],
  '\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007',
  // The same by single characters, and a sequence without its end.
  ...['\u009b2J', '\u009d52;c;Zm9yZ2Vk\u009c', '\u0090q\u009c', '\u001b]52;c;Zm9yZ2Vk'],
];
const CHARACTERS = [
  ...['\0', '\u0007', '\b', '\t', '\v', '\f', '\u000e', '\u001a', '\u007f', '\u0085'],
  // What turns the direction of writing, is not seen, or ends a line elsewhere.
  ...['\u200b', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069', '\u00ad', '\ufeff', '\u{e0041}'],
  ...['\u2028', '\u2029'],
];

export const HOSTILE = [
  MARK,
  ...CHARACTERS,
  ...SEQUENCES,
  `\r${FORGED}`,
  `\n${FORGED}`,
  `\r\n${FORGED}`,
].join('-');

/** What a terminal would obey in this, one of each; line feeds are the program's own, unless a forged line follows. */
export function obeyedIn(output: string): string[] {
  const found = output.match(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu) ?? [];
  const names = found.map((character) => `U+${character.codePointAt(0)?.toString(16).padStart(4, '0')}`);
  const forged = output.split('\n').some((line) => line.startsWith(FORGED));
  return [...new Set(names), ...(forged ? ['a forged line'] : [])];
}
