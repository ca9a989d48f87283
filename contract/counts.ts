/** How many recipients of a notification Kore has reported on, and with which status. */
import * as z from 'zod/mini';

/** How many recipients Kore has reported on, in all and by its word for them: rows of the delivery log table. */
export interface Counts {
  /** All rows. */
  total: number;
  /** Rows with Kore's status `SUCCESS`: the channel took the message ("sent successfully"); Kore does not say who got it. */
  delivered: number;
  /** Rows with Kore's status `FAILURE`. */
  failed: number;
  /** How many the input or Kore announced, where fewer came until two minutes after the final status. */
  expected?: number | undefined;
}

export const countsSchema = z.object({
  total: z.int(),
  delivered: z.int(),
  failed: z.int(),
  expected: z.optional(z.int()),
}) satisfies z.ZodMiniType<Counts>;

export function noCounts(): Counts {
  return { total: 0, delivered: 0, failed: 0 };
}

/** Counts one more row, by its status. */
export function addTo(counts: Counts, status: string): void {
  counts.total += 1;
  if (status === 'SUCCESS') counts.delivered += 1;
  if (status === 'FAILURE') counts.failed += 1;
}

export function countsOf(statuses: Iterable<string>): Counts {
  const counts = noCounts();
  for (const status of statuses) addTo(counts, status);
  return counts;
}
