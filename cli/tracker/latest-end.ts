/** When a tracking ends at the latest, read from the state that ends it where checks fail (lib/workflow/failed-check.ts). */
import type { Definition } from './definitions.ts';

/** From the start, in milliseconds. */
const DEADLINE = /Execution\.StartTime\) \+ (\d+)/;
/** For which rows that cannot be saved are tried after the deadline, in seconds. */
const OVERTIME = /\$isUnsafe \? (\d+) :/;

/**
 * Milliseconds since 1970; `undefined` where neither definition says it. Checks hold the deadline of the latest deployment, and where they
 * fail the definition holds its own, so the later one counts.
 *
 * @param definitions that of the tracking, and the current one.
 */
export function latestEnd(startedAt: Date, definitions: readonly Definition[]): number | undefined {
  const longest = Math.max(0, ...definitions.map(longestOf));
  return longest === 0 ? undefined : startedAt.getTime() + longest;
}

/** In milliseconds; 0 where it does not say so, as that of 0.1.0. */
function longestOf({ text }: Definition): number {
  const [, deadline] = DEADLINE.exec(text) ?? [];
  const [, overtime] = OVERTIME.exec(text) ?? [];
  return deadline === undefined || overtime === undefined ? 0 : Number(deadline) + 1000 * Number(overtime);
}
