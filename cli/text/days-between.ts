/** Days in UTC, as keys of the index of failures have them. */
const DAY_MS = 86_400_000;

/** Days that hold the span, latest first, such as `2026-11-24`. */
export function* daysBetween(since: number, until: number): Generator<string> {
  const first = Math.floor(since / DAY_MS);
  for (let day = Math.floor(until / DAY_MS); day >= first; day -= 1) {
    yield new Date(day * DAY_MS).toISOString().slice(0, 10);
  }
}
