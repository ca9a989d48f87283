/** How far a tracking is, in columns that stand below each other. */
import { progressText } from '../cli/display/shown-tracking.ts';
import { type Colours, paint } from '../cli/display/terminal.ts';
import { printable } from '../cli/text/printable.ts';

export interface Progress {
  /** Number of the check. */
  readonly check: number;
  readonly status: string;
  readonly done: number;
  /** How many there are; `undefined` where nobody knows. */
  readonly of: number | undefined;
  readonly obstacle: string | undefined;
}

const BAR_WIDTH = 20;

/** Such as `check 3`, `IN_PROGRESS`, `9 of 24`, a bar with its percentage, and the obstacle. */
export function progressColumns(
  { check, status, done, of, obstacle }: Progress,
  terminal: Colours,
  barWidth = BAR_WIDTH,
): string[] {
  const ratio = of === undefined || done > of ? undefined : done / of;
  return [
    `check ${String(check).padEnd(3)}`,
    printable(status).padEnd(15),
    progressText(done, of).padEnd(14),
    ratio === undefined ? '' : `${bar(ratio, barWidth)} ${String(Math.round(ratio * 100)).padStart(3)} %`,
    obstacle === undefined ? '' : paint(terminal, 'yellow', printable(obstacle)),
  ];
}

export function timeColumn(seconds: number): string {
  return `${seconds.toFixed(1).padStart(6)} s`;
}

export function lineOf(columns: readonly string[]): string {
  return columns.join('  ').trimEnd();
}

function bar(ratio: number, width: number): string {
  const filled = Math.round(ratio * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}
