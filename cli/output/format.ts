/** The forms of an output: a table for people, or one for machines. */
import { Option } from 'commander';
import { wrongUsage } from '../command-error.ts';

export const FORMATS = ['table', 'json', 'ndjson', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

export interface FormatOptions {
  readonly output?: Format;
  readonly json?: boolean;
}

export function formatOptions(): readonly Option[] {
  return [
    new Option('--output <format>', 'table for people (default); json, ndjson or csv for machines').choices(
      FORMATS,
    ),
    new Option('--json', 'short for --output json'),
  ];
}

/** @throws CommandError `WRONG_USAGE`. */
export function formatOf({ output, json }: FormatOptions): Format {
  if (json && output !== undefined && output !== 'json') {
    throw wrongUsage(`--json is short for --output json, and --output ${output} is given too.`);
  }
  return json ? 'json' : (output ?? 'table');
}

/** Whether an error is printed as JSON; the command line that has it may be too wrong to be parsed. */
export function wantsJson(argv: readonly string[]): boolean {
  const given = argv.map((word, index) => (word === '--output' ? `--output=${argv[index + 1]}` : word));
  return given.some((word) => /^--(json|output=(nd)?json)$/.test(word));
}
