/** The options of commands that list: how much, from where, and of which time. */
import { type Command, Option } from 'commander';
import { wholeNumberTo } from '../arguments.ts';
import { wrongUsage } from '../command-error.ts';
import { parseTimeBound, type TimeBound } from '../text/time-bound.ts';

export interface PageOptions {
  /** Items in a page. */
  readonly limit: number;
  readonly cursor?: string;
  /** Page after page, as they come. */
  readonly all?: boolean;
  readonly since?: TimeBound;
  readonly until?: TimeBound;
}

/** What fits into memory many times over; what is behind it has its cursor. */
const LARGEST_PAGE = 10_000;

/** @param since what the command takes where nothing is said. */
export function withPages(
  command: Command,
  items: string,
  { limit, largest = LARGEST_PAGE, since = '' }: { limit: number; largest?: number; since?: string },
): Command {
  return command
    .option(
      '--since <time>',
      `from then on: a time back, such as 90m, 24h or 7d, or a time in UTC${since === '' ? '' : ` (default: ${since})`}`,
      parseTimeBound,
    )
    .option('--until <time>', 'up to then', parseTimeBound)
    .addOption(
      new Option('--limit <n>', `${items} in a page, at most`)
        .argParser(wholeNumberTo(largest))
        .default(limit),
    )
    .option('--cursor <cursor>', 'go on where an earlier page ended, which printed it')
    .addOption(new Option('--all', `all ${items}, page after page as they come`).conflicts('limit'));
}

/** The span of time in milliseconds since 1970. */
export interface Span {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** @throws CommandError `WRONG_USAGE`. */
export function spanOf({ since, until }: PageOptions, now: number): Span {
  const span = { since: since?.at(now), until: until?.at(now) };
  if (span.since !== undefined && span.until !== undefined && span.since > span.until) {
    throw wrongUsage(`--since ${since?.text} is later than --until ${until?.text}.`);
  }
  return span;
}
