/** When a tracking ends at the latest, read from the state that ends it where checks fail (lib/workflow/failed-check.ts). */
import type { Definition } from '../definitions.ts';

/** From the start, in seconds; in earlier definitions in milliseconds. */
const DEADLINE = /Execution\.StartTime\) \+ (1000 \* )?(\d+)/;
/** For which rows that cannot be saved are tried after the deadline, in seconds. In earlier definitions the condition has a name. */
const OVERTIME = /(?:\$isUnsafe|\$exists\(\$state\.end\)\)) \? (\d+) :/;

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
  const [, perSecond, deadline] = DEADLINE.exec(text) ?? [];
  const [, overtime] = OVERTIME.exec(text) ?? [];
  if (deadline === undefined || overtime === undefined) return 0;
  return Number(deadline) * (perSecond === undefined ? 1 : 1000) + 1000 * Number(overtime);
}
