/** How a table fits: in columns; with its last column wrapped; or, where there is no room, each row as lines of names and values. */
import Table from 'cli-table3';
import { printable } from '../text/printable.ts';
import { displayWidth, wrapped } from '../text/wrapped.ts';
import { type Colours, paint, type Stream } from './terminal.ts';

/** A terminal, as far as its room and colours go. */
export type Room = Colours & { readonly stdout?: Stream };

export interface TableLayout {
  readonly head: readonly string[];
  /** Rows may come in pieces; all of them are laid out by the first. */
  linesOf(rows: readonly (readonly string[])[]): string[];
}

const GAP = 2;
/** Narrower texts take too many lines. */
const NARROWEST_TEXT = 20;

/** @param first rows, by which it is laid out. */
export function tableLayout(
  room: Room,
  head: readonly string[],
  first: readonly (readonly string[])[],
): TableLayout {
  const natural = head.map((title, column) =>
    Math.max(displayWidth(title), ...first.map((row) => displayWidth(printable(row[column] ?? '')))),
  );
  const width = widthOf(room);
  const others = natural.slice(0, -1).reduce((sum, own) => sum + own + GAP, 0);
  const last = natural.at(-1) ?? 0;
  const left = width - others;
  if (left < Math.min(last, NARROWEST_TEXT)) return namedValues(room, head, width);
  return inColumns(room, head, [...natural.slice(0, -1), left]);
}

/** A table without lines, so that it can be read, copied and piped. */
export function tableLines(
  room: Room,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const layout = tableLayout(room, head, rows);
  return [...layout.head, ...layout.linesOf(rows)];
}

/** Columns of the terminal; no end where it is none. */
export function widthOf({ stdout }: Room): number {
  const { isTTY, columns } = stdout ?? {};
  return isTTY === true && columns !== undefined && columns > 0 ? columns : Number.POSITIVE_INFINITY;
}

function inColumns(room: Colours, head: readonly string[], widths: readonly number[]): TableLayout {
  const linesOf = (rows: readonly (readonly string[])[]) => {
    const table = new Table({
      chars: NO_LINES,
      colWidths: widths.map((width) => (Number.isFinite(width) ? width + GAP : null)),
      style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [] },
    });
    table.push(...rows.map((row) => [...row]));
    return rows.length === 0 ? [] : table.toString().split('\n').map(trimmed);
  };
  return {
    head: linesOf([head.map((title) => paint(room, 'bold', title))]),
    linesOf: (rows) =>
      linesOf(
        rows.map((row) =>
          row.map((cell, column) => wrapped(printable(cell), widths[column] ?? 0).join('\n')),
        ),
      ),
  };
}

function namedValues(room: Colours, head: readonly string[], width: number): TableLayout {
  const names = Math.max(...head.map(displayWidth)) + GAP;
  return {
    head: [],
    linesOf: (rows) =>
      rows.flatMap((row) => ['', ...row.flatMap((cell, column) => valueLines(column, printable(cell)))]),
  };

  function valueLines(column: number, value: string): string[] {
    if (value === '') return [];
    const name = head[column] ?? '';
    const title = paint(room, 'bold', name) + ' '.repeat(names - displayWidth(name));
    return wrapped(value, width - names).map((line, index) =>
      index === 0 ? `${title}${line}` : `${' '.repeat(names)}${line}`,
    );
  }
}

const NO_LINES = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((name) => [name, '']),
);

function trimmed(line: string): string {
  return line.replace(/\s+$/, '');
}
