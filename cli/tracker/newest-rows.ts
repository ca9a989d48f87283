/** The newest rows of several parts of an index, each sorted by itself: pages are read only as far as they are needed. */
import type { DeliveryLogRow } from '../../contract/delivery-log-row.ts';

/** The pages of one part, newest first; one may be empty. */
export type Pages = AsyncIterator<readonly DeliveryLogRow[]>;

/** @returns the newest rows of all parts, newest first; fewer than wanted where there are no more. */
export async function newestOf(parts: readonly Pages[], wanted: number): Promise<DeliveryLogRow[]> {
  const opened = await eachOf(parts, open);
  const left = opened.filter((part) => headOf(part) !== undefined);
  const rows: DeliveryLogRow[] = [];
  while (rows.length < wanted) {
    const part = left.reduce(newerOf, undefined);
    const head = part && headOf(part);
    if (part === undefined || head === undefined) break;
    rows.push(head);
    part.taken += 1;
    if (rows.length < wanted) await refill(part);
  }
  return rows;
}

const QUERIES_AT_ONCE = 16;

/** The results in the order of the items, with so many under way as a table is asked at once. */
export async function eachOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += QUERIES_AT_ONCE) {
    results.push(...(await Promise.all(items.slice(i, i + QUERIES_AT_ONCE).map(work))));
  }
  return results;
}

interface Part {
  readonly pages: Pages;
  page: readonly DeliveryLogRow[];
  /** How many of the page's rows are taken. */
  taken: number;
}

async function open(pages: Pages): Promise<Part> {
  const part: Part = { pages, page: [], taken: 0 };
  await refill(part);
  return part;
}

/** Reads on where the page is used up. */
async function refill(part: Part): Promise<void> {
  while (headOf(part) === undefined) {
    const next = await part.pages.next();
    if (next.done) return;
    part.page = next.value;
    part.taken = 0;
  }
}

function headOf({ page, taken }: Part): DeliveryLogRow | undefined {
  return page[taken];
}

function newerOf(one: Part | undefined, other: Part): Part | undefined {
  const [head, otherHead] = [one && headOf(one), headOf(other)];
  if (otherHead === undefined) return one;
  return head === undefined || otherHead.createdOn > head.createdOn ? other : one;
}
