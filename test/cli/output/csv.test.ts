import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, csvLines } from '../../../cli/text/csv.ts';
import { HOSTILE, obeyedIn } from '../../hostile-text.ts';

describe('a line of CSV', () => {
  it('ends in CR and LF, with a comma between cells', () => {
    expect(csvLine(['ds-1', 3, true])).toBe('ds-1,3,true\r\n');
  });

  it.each([undefined, null])('leaves a cell without a value empty: %s', (cell) => {
    expect(csvLine(['a', cell, 'b'])).toBe('a,,b\r\n');
  });

  it('quotes a cell with a comma, and doubles quotation marks', () => {
    expect(csvLine(['busy, again', 'a "b"'])).toBe('"busy, again","a ""b"""\r\n');
  });

  it.each([
    '=1+1',
    '+49171',
    '-2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n1',
    ' =1',
    '\u001b[0m=1',
    '\u200b=1',
    '\uff1d1',
  ])('turns what a spreadsheet would run into a text: %j', (cell) => {
    expect(csvLine([cell])).toMatch(/^"?'/);
  });

  it('leaves a negative number a number', () => {
    expect(csvLine([-2])).toBe('-2\r\n');
  });

  it('has nothing that a terminal obeys', () => {
    const [line = ''] = csvLine([HOSTILE]).split('\r\n');

    expect(obeyedIn(line)).toEqual([]);
  });

  it('is one line with as many cells as it was given, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const line = csvLine(cells);

        expect(line.match(/[\r\n]+/g)).toEqual(['\r\n']);
        expect(cellsOf(line)).toHaveLength(cells.length);
      }),
    );
  });
});

it('makes a header and a line for each row, no sooner than they are asked for', () => {
  let made = 0;
  const rows = (function* () {
    for (made = 1; ; made += 1) yield [made];
  })();

  const lines = csvLines(['number'], rows)[Symbol.iterator]();

  expect([lines.next().value, lines.next().value]).toEqual(['number\r\n', '1\r\n']);
  expect(made).toBe(1);
});

/** As a library of others reads it. */
function cellsOf(line: string): string[] {
  const [cells = []] = parse(line);
  return cells;
}
