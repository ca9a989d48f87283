/** Lines of CSV (RFC 4180). What others wrote can neither run as a spreadsheet's formula nor take over a terminal. */
import { printable } from './printable.ts';

/** A cell without a value is empty. */
export type Cell = string | number | boolean | null | undefined;

/** One record, with the line break that ends it. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A header and a line for each row, as they come: nothing is kept. */
export function* csvLines(header: readonly string[], rows: Iterable<readonly Cell[]>): Iterable<string> {
  yield csvLine(header);
  for (const row of rows) yield csvLine(row);
}

function csvCell(cell: Cell): string {
  // A number is no formula, whatever its sign is.
  if (typeof cell !== 'string') return cell === null || cell === undefined ? '' : String(cell);
  const text = withoutFormula(cell);
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets run a cell that begins so, in full width too; a quotation mark before it makes it a text. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const FORMULA_BEHIND = /^[\t\r\n]/;

function withoutFormula(cell: string): string {
  // What is left without control characters may begin a formula.
  const text = printable(cell);
  return FORMULA.test(text) || FORMULA_BEHIND.test(cell) ? `'${text}` : text;
}
