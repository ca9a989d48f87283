/** One end of a span of time: `--since 24h`, `--until 2026-11-23T20:00Z`. */
import { parse } from '@lukeed/ms';
import { InvalidArgumentError } from 'commander';

export interface TimeBound {
  /** As it was given. */
  readonly text: string;
  /** Milliseconds since 1970. */
  at(now: number): number;
}

const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z)?$/;

/**
 * A time back from now, such as `24h`, or a moment in UTC.
 *
 * @throws InvalidArgumentError
 */
export function parseTimeBound(text: string): TimeBound {
  const moment = MOMENT.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(moment)) return { text, at: () => moment };
  const back = /[a-z]$/i.test(text) ? parse(text.trim()) : undefined;
  // A date has no room for more.
  if (back !== undefined && back > 0 && back < MOST_MS) return { text, at: (now) => now - back };
  throw new InvalidArgumentError(
    'It must be a time back with its unit, such as 90m, 24h or 7d, or a time in UTC, such as 2026-11-23 or 2026-11-23T20:00Z',
  );
}

/** A hundred years. */
const MOST_MS = 100 * 366 * 86_400_000;
