/** Failures of bots, newest first: day by day back, and of each day all shards side by side. */
import { type DeliveryLogRow, failureKeys } from '../../../contract/delivery-log-row.ts';
import { FAILURE_INDEX } from '../../../contract/table-names.ts';
import type { DeliveryLogTable } from '../delivery-log-rows.ts';
import { newestFirst } from './newest-first.ts';
import { newestUnder, type RowSpan } from './row-spans.ts';

/** Rows that are held at once, all shards together. */
const ROWS_HELD = 5_000;
const [SMALLEST_PAGE, LARGEST_PAGE] = [5, 60];

/**
 * @param days in UTC, latest first, that hold the span.
 * @param wanted how many will be read; absent where all are.
 */
export async function* newestFailures(
  table: DeliveryLogTable,
  bots: readonly string[],
  days: Iterable<string>,
  span: RowSpan,
  wanted?: number,
): AsyncGenerator<DeliveryLogRow> {
  for (const day of days) {
    const keys = bots.flatMap((bot) => failureKeys(bot, day));
    const pageSize = pageSizeFor(keys.length / bots.length, keys.length, wanted);
    const parts = keys.map((value) =>
      newestUnder(table, { indexName: FAILURE_INDEX, name: 'failureOf', value }, span, pageSize),
    );
    yield* newestFirst(parts, span.after);
  }
}

/** Of the newest failures a shard rarely has more than twice its even share, and pages beyond that are read where it has. */
function pageSizeFor(shards: number, keys: number, wanted: number | undefined): number {
  const even = wanted === undefined ? LARGEST_PAGE : Math.ceil((2 * (wanted + 1)) / shards);
  return Math.max(SMALLEST_PAGE, Math.min(even, LARGEST_PAGE, Math.ceil(ROWS_HELD / keys)));
}
