/** How many recipients of a notification Kore has reported on, and with which status. */
import * as z from 'zod/mini';

/** Rows of the delivery log table, one for each recipient that Kore has reported on. */
export const countsSchema = z.object({
  /** All rows. */
  total: z.int(),
  /** Rows with Kore's status `SUCCESS`: the channel took the message ("sent successfully"); Kore does not say who got it. */
  delivered: z.int(),
  /** Rows with Kore's status `FAILURE`. */
  failed: z.int(),
  /** How many the input or Kore announced, where fewer came until two minutes after the final status. */
  expected: z.optional(z.int()),
});
/** How many recipients Kore has reported on, in all and by its word for them. */
export type Counts = z.infer<typeof countsSchema>;

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
