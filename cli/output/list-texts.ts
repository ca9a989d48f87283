/** A list as text, piece by piece: no more of it is in memory than a piece. */
import { type TableLayout, tableLayout } from '../display/table-layout.ts';
import type { Terminal } from '../display/terminal.ts';
import { type Cell, csvLine } from '../text/csv.ts';
import { guardedLine, printableJson } from '../text/printable.ts';
import type { Format } from './format.ts';

export interface List<T> {
  /** Of its items in the JSON document. */
  readonly name: string;
  /** What the document says before them. */
  readonly facts: object;
  /** None is empty. */
  readonly pieces: AsyncIterable<readonly T[]> | Iterable<readonly T[]>;
  /** What the document says after them, once all of them were read. */
  rest(): { readonly more: boolean; readonly next?: string | undefined; readonly [fact: string]: unknown };
  /** An item as the document has it; itself where this is left out. */
  document?(item: T): object;
  readonly columns: Readonly<Record<string, (item: T) => Cell>>;
  readonly table: {
    readonly head: readonly string[];
    cells(item: T): readonly string[];
    /**
     * Above the rows.
     *
     * @param isPart more of them are behind a cursor.
     */
    before(first: readonly T[], isPart: boolean): readonly string[] | Promise<readonly string[]>;
    /** Where there are no rows. */
    readonly none: readonly string[];
    /** Below the rows. */
    after?(): readonly string[];
  };
}

/** Each text ends in a line break, or goes on in the next one. */
export function listTexts<T>(list: List<T>, format: Format, terminal: Terminal): AsyncIterable<string> {
  if (format === 'csv') return csvTexts(list);
  if (format === 'json') return jsonTexts(list);
  return format === 'ndjson' ? ndjsonTexts(list) : tableTexts(list, terminal);
}

async function* csvTexts<T>({ pieces, columns }: List<T>): AsyncGenerator<string> {
  let header = csvLine(Object.keys(columns));
  const cells = Object.values(columns);
  for await (const piece of pieces) {
    yield header + piece.map((item) => csvLine(cells.map((cell) => cell(item)))).join('');
    header = '';
  }
  yield header;
}

async function* ndjsonTexts<T>({ pieces, document = asObject }: List<T>): AsyncGenerator<string> {
  for await (const piece of pieces) {
    yield piece.map((item) => `${printableJson(document(item))}\n`).join('');
  }
}

/** The same as the whole document at once. */
async function* jsonTexts<T>({ name, facts, pieces, rest, document = asObject }: List<T>) {
  const open = printableJson(facts, 2).replace(/\n?\}$/, '');
  yield `${open}${open === '{' ? '' : ','}\n  "${name}": [`;
  let separator = '';
  for await (const piece of pieces) {
    const items = piece.map((item) => `\n${printableJson(document(item), 2)}`.replaceAll('\n', '\n    '));
    yield separator + items.join(',');
    separator = ',';
  }
  const close = printableJson(rest(), 2).slice('{'.length);
  yield `${separator === '' ? '' : '\n  '}],${close}\n`;
}

async function* tableTexts<T>({ pieces, rest, table }: List<T>, terminal: Terminal) {
  const text = (lines: readonly string[]) =>
    lines.map((line) => `${guardedLine(line, terminal.colours)}\n`).join('');
  let layout: TableLayout | undefined;
  for await (const piece of pieces) {
    const rows = piece.map(table.cells);
    if (layout === undefined) {
      const before = text(await table.before(piece, rest().more));
      layout = tableLayout(terminal, table.head, rows);
      yield before + text(layout.head);
    }
    yield text(layout.linesOf(rows));
  }
  if (layout === undefined) yield text(table.none);
  else if (table.after !== undefined) yield text(table.after());
  const { next } = rest();
  if (next !== undefined) yield text([`next: --cursor ${next}`]);
}

function asObject(item: unknown): object {
  return item as object;
}
