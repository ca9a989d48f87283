/** How far back a question goes: `--since 24h`. */
import { parse } from '@lukeed/ms';
import { InvalidArgumentError } from 'commander';

const DAY_MS = 86_400_000;
/** Rows stay this long by default; each day is 17 queries for each bot. */
const MOST_DAYS = 90;

/**
 * @returns milliseconds.
 * @throws InvalidArgumentError
 */
export function parseSince(text: string): number {
  const milliseconds = /[a-z]$/i.test(text) ? parse(text.trim()) : undefined;
  if (milliseconds === undefined || milliseconds <= 0 || milliseconds > MOST_DAYS * DAY_MS) {
    throw new InvalidArgumentError(
      `It must be a time with its unit, such as 90m, 24h or 7d, of at most ${MOST_DAYS} days`,
    );
  }
  return milliseconds;
}

/** Days in UTC that lie between the two times, latest first, such as `2026-11-24`. */
export function daysBack(since: number, now: number): string[] {
  const days: string[] = [];
  const first = Math.floor(since / DAY_MS);
  for (let day = Math.floor(now / DAY_MS); day >= first; day -= 1) {
    days.push(new Date(day * DAY_MS).toISOString().slice(0, 10));
  }
  return days;
}
