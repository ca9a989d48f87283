/** Rows of several parts of an index, newest first, each part sorted by itself: pages are read only as far as they are needed. */
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';

/** The pages of one part, newest first; one may be empty. */
export type Pages = AsyncIterator<readonly DeliveryLogRow[]>;

/** Where a row stands among all: rows of the same time are in the order of their keys. */
export type RowPlace = Pick<DeliveryLogRow, 'createdOn' | 'requestId' | 'logId'>;

/**
 * All rows of all parts, newest first.
 *
 * @param after the last row that is left out, with those before it.
 */
export async function* newestFirst(
  parts: readonly Pages[],
  after?: RowPlace,
): AsyncGenerator<DeliveryLogRow> {
  let left = (await eachOf(parts, open)).filter(headOf);
  while (left.length > 0) {
    const newest = left.reduce((latest, part) => later(latest, headOf(part)?.createdOn ?? ''), '');
    // Parts hold rows of one time in orders of their own, so that all of them are taken before the first is given.
    const rows: DeliveryLogRow[] = [];
    for (const part of left) {
      for (let head = headOf(part); head?.createdOn === newest; head = headOf(part)) {
        rows.push(head);
        await step(part);
      }
    }
    left = left.filter(headOf);
    for (const row of rows.sort(inOrder)) if (after === undefined || inOrder(after, row) < 0) yield row;
  }
}

export function placeOf({ createdOn, requestId, logId }: RowPlace): RowPlace {
  return { createdOn, requestId, logId };
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
  const part: Part = { pages, page: [], taken: -1 };
  await step(part);
  return part;
}

/** To the next row, which may be on another page. */
async function step(part: Part): Promise<void> {
  part.taken += 1;
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

function inOrder(a: RowPlace, b: RowPlace): number {
  return compare(b.createdOn, a.createdOn) || compare(a.requestId, b.requestId) || compare(a.logId, b.logId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function later(one: string, other: string): string {
  return other > one ? other : one;
}
