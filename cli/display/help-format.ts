/** Help that fits the terminal: in two columns, or where they have no room, each description below what it describes. */
import { Help, type HelpConfiguration } from 'commander';
import { wrapped } from '../text/wrapped.ts';
import type { Stream } from './terminal.ts';

/** As wide as it is read with ease, and as narrow as the longest option is. */
const [NARROWEST, WIDEST] = [40, 110];
/** Where it goes to a file or a pipe. */
const USUAL = 80;

export function helpWidth({ columns }: Stream): number {
  return Math.min(WIDEST, Math.max(NARROWEST, columns || USUAL));
}

export function helpFormat(width: number): HelpConfiguration {
  return {
    showGlobalOptions: true,
    helpWidth: width,
    // Commander breaks no narrower text by itself, and leaves it to the terminal, which breaks words.
    minWidthToWrap: 1,
    styleUsage: (usage) => wrapped(usage, width - USAGE.length).join(`\n${' '.repeat(USAGE.length)}`),
    formatItem(term, termWidth, description, helper) {
      const left = width - INDENT - termWidth - GAP;
      return left >= NARROWEST_TEXT
        ? Help.prototype.formatItem.call(helper, term, termWidth, description, helper)
        : [indented(term), ...itemLines('', description, width)].join('\n');
    },
  };
}

const USAGE = 'Usage: ';
const INDENT = 2;
const GAP = 2;
/** Narrower descriptions take too many lines. */
const NARROWEST_TEXT = 36;
const TERM = 5;

/** A short term and its description, such as `  0    done`; the lines that follow are below the description. */
export function itemLines(term: string, description: string, width: number): string[] {
  return wrapped(description, width - INDENT - TERM).map((line, index) =>
    indented(`${(index === 0 ? term : '').padEnd(TERM)}${line}`),
  );
}

/** A command that can be pasted: where it is too long for a line, it goes on after a backslash. */
export function commandLines(command: string, width: number): string[] {
  const lines = wrapped(command, width - INDENT - GAP - ' \\'.length);
  return lines.map((line, index) =>
    indented(`${index === 0 ? '' : ' '.repeat(GAP)}${line}${index < lines.length - 1 ? ' \\' : ''}`),
  );
}

function indented(line: string): string {
  return ' '.repeat(INDENT) + line;
}
