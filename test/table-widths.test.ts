/** Tables fit a page of GitHub: what is beyond 830 pixels is cut, and can only be scrolled to. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '..');
const PAGES = ['README.md', ...readdirSync(join(PROJECT, 'docs')).map((name) => `docs/${name}`)].filter(
  (path) => path.endsWith('.md'),
);

/** What GitHub leaves for a README beside the facts of the repository. */
const PAGE_PX = 830;
/**
 * GitHub's style sheet (github-markdown-css): texts of 16 px, code of 85 per cent of that in a padding of 0.4 em, and cells with 13 px on
 * either side and a line of 1 px.
 */
const TEXT_PX = 16;
const CODE_PX = 0.85 * TEXT_PX;
const CELL_PX = 2 * 13 + 1;
/** In Helvetica, by Adobe's font metrics, about so much of the size for each character of a word: bold is wider by this factor. */
const WIDTHS = { narrow: 0.29, wide: 0.83, capital: 0.69, other: 0.556, code: 0.6 };
const BOLD = 1.06;

it.each(PAGES)('%s has no table that is cut', (path) => {
  const tables = tablesIn(readFileSync(join(PROJECT, path), 'utf8'));

  const cut = tables.filter(({ narrowest }) => narrowest > PAGE_PX);

  expect(cut).toEqual([]);
});

it('a table whose words are too long for a page is seen', () => {
  const words = Array.from({ length: 11 }, () => 'transitions');

  const [table] = tablesIn(`| ${words.join(' | ')} |\n|${'---|'.repeat(11)}\n`);

  expect(table?.narrowest).toBeGreaterThan(PAGE_PX);
});

/** Each by its head, with the pixels that it takes where every cell is wrapped. */
function tablesIn(page: string): { head: string; narrowest: number }[] {
  return [...page.matchAll(/(?:^\|.*\|$\n?)+/gm)].map(([table]) => {
    const [head = '', , ...body] = table.trimEnd().split('\n');
    const rows = [cellsOf(head), ...body.map(cellsOf)];
    const columns = cellsOf(head).map((_, column) =>
      Math.max(...rows.map((cells, row) => widestWord(cells[column] ?? '') * (row === 0 ? BOLD : 1))),
    );
    return { head, narrowest: Math.ceil(columns.reduce((sum, width) => sum + width + CELL_PX, 0)) };
  });
}

function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** A line may be broken at a space and after a hyphen. */
function widestWord(cell: string): number {
  const text = cell.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('<br>', ' ');
  // Every second part is code.
  const widths = text
    .split('`')
    .flatMap((part, index) =>
      part.split(/\s+|(?<=[-–])/).map((word) => (index % 2 === 1 ? codeWidth(word) : textWidth(word))),
    );
  return Math.max(0, ...widths);
}

function codeWidth(word: string): number {
  return (word.length * WIDTHS.code + 2 * 0.4) * CODE_PX;
}

function textWidth(word: string): number {
  const kindOf = (character: string) => {
    if (/[fijlrtI.,:;'()[\]|!/-]/.test(character)) return 'narrow';
    if (/[mwMW%]/.test(character)) return 'wide';
    return /\p{Lu}/u.test(character) ? 'capital' : 'other';
  };
  return [...word].reduce((sum, character) => sum + WIDTHS[kindOf(character)], 0) * TEXT_PX;
}
