/** Prints what a command has to say, in the form that was asked for. */
import type { Terminal } from '../display/terminal.ts';
import { type Cell, csvLine } from '../text/csv.ts';
import { guardedLine, printableJson } from '../text/printable.ts';
import { csvRecord } from './csv-record.ts';
import { EVENT_COLUMNS } from './event-columns.ts';
import type { Format } from './format.ts';
import { type List, listTexts } from './list-texts.ts';
import { writeAll } from './write.ts';

export interface Printer {
  /** Prints the document for machines, or the lines for people. */
  print(document: object, lines: () => readonly string[]): void;
  /** Like `print`, for one of many documents: each is a line of its own. */
  printNext(document: object, lines: () => readonly string[]): void;
  /** Like `print`, for a document about a few items: CSV has a record, and ndjson a line, for each of them. */
  printWithItems<T>(
    document: object,
    items: readonly T[],
    columns: Readonly<Record<string, (item: T) => Cell>>,
    lines: () => readonly string[],
  ): void;
  /**
   * Prints a list piece by piece, as it comes.
   *
   * @throws OutputClosed
   */
  printList<T>(list: List<T>): Promise<void>;
}

export function printerOn(terminal: Terminal, format: Format): Printer {
  const { stdout, stderr } = terminal;
  let isFirst = true;
  const write = (lines: readonly string[]) => {
    for (const line of lines) stdout.write(`${guardedLine(line, terminal.colours)}\n`);
  };
  const asLine = (document: object) => stdout.write(`${printableJson(document)}\n`);
  const print: Printer['print'] = (document, lines) => {
    if (format === 'table') write(lines());
    else if (format === 'ndjson') asLine(document);
    else if (format === 'json') stdout.write(`${printableJson(document, 2)}\n`);
    else {
      const record = csvRecord(document);
      stdout.write(csvLine(Object.keys(record)) + csvLine(Object.values(record)));
    }
  };
  return {
    print,
    printWithItems(document, items, columns, lines) {
      if (format === 'ndjson') for (const item of items) asLine(item as object);
      else if (format !== 'csv') print(document, lines);
      else {
        const records = items.map((item) => Object.values(columns).map((cell) => cell(item)));
        stdout.write([Object.keys(columns), ...records].map(csvLine).join(''));
      }
    },
    printNext(document, lines) {
      if (format === 'table') write(lines());
      else if (format !== 'csv') asLine(document);
      else {
        if (isFirst) stdout.write(csvLine(EVENT_COLUMNS));
        isFirst = false;
        const record = csvRecord(document);
        stdout.write(csvLine(EVENT_COLUMNS.map((column) => record[column])));
      }
    },
    async printList(list) {
      for await (const text of listTexts(list, format, terminal)) await writeAll(stdout, text);
      const { next } = list.rest();
      // Where standard output holds items alone.
      if (next !== undefined && (format === 'csv' || format === 'ndjson')) {
        stderr.write(`next: --cursor ${next}\n`);
      }
    },
  };
}
