/** What a benchmark prints, and docs/performance.md shows: text, tables, and the command that makes them again. */
import type { Chart } from './chart.ts';

export interface Section {
  /** Names the place in docs/performance.md. */
  readonly name: string;
  readonly command: string;
  /** Markdown. */
  readonly text: string;
  readonly charts?: readonly Chart[];
}

/** @param texts how many columns, from the left, hold words. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  texts = 1,
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i < texts ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** To three figures. */
export function seconds(lag: number): string {
  return String(Number(lag.toPrecision(3)));
}

/** A whole number with thousands set apart. */
export function number(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
