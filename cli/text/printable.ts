/** Texts of others on a terminal, which they could clear, forge lines on, or make write to the clipboard. */
import { stripVTControlCharacters } from 'node:util';

/** A text of others on one line, without control sequences, control characters and what turns the direction of writing. */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '');
}

/** A document of others as JSON. JSON itself escapes no more than the first 32 control characters. */
export function printableJson(document: unknown, indent?: number): string {
  return JSON.stringify(document, null, indent).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

/** The last guard of a line of ours: nothing but printable characters and, where they are wanted, colours. */
export function guardedLine(line: string, colours: boolean): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character, index: number) => {
    const isColour = character === '\u001b' && COLOUR.test(line.slice(index + 1));
    return colours && isColour ? character : '';
  });
}

const COLOUR = /^\[\d{1,2}m/;

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
