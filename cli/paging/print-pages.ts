/** Prints a page of a list, with the cursor of the next one; or all of the list. */
import type { List } from '../output/list-texts.ts';
import type { Session } from '../session.ts';
import { cursorOf, type Query } from './cursor.ts';
import type { PageOptions } from './page-options.ts';
import { inPieces, pageOf } from './pages.ts';

/** A list of items, each shown as something that may have to be asked for. */
export interface Pages<Item, Shown> extends Omit<List<Shown>, 'pieces' | 'rest'> {
  readonly query: Query;
  readonly items: AsyncIterable<Item>;
  /** In the order of the items. */
  shown(items: readonly Item[]): Promise<readonly Shown[]>;
  /** What comes after the item, as its cursor holds it. */
  after(item: Item): object;
  /** How many are shown and written at once where all are. */
  readonly piece?: number;
}

const PIECE = 500;

/** The first page is read before anything is printed, so that a query that fails prints nothing. */
export async function printPages<Item, Shown>(
  session: Session,
  { limit, all }: PageOptions,
  { query, items, shown, after, piece = PIECE, ...list }: Pages<Item, Shown>,
): Promise<void> {
  if (all) {
    const pieces = each(inPieces(items, piece), shown);
    await session.printList({ ...list, pieces, rest: () => ({ more: false }) });
    return;
  }
  const page = await pageOf(items, limit);
  const last = page.items.at(-1);
  const next = page.more && last !== undefined ? cursorOf(query, after(last)) : undefined;
  const pieces = last === undefined ? [] : [await shown(page.items)];
  await session.printList({
    ...list,
    pieces,
    rest: () => ({ more: page.more, ...(next !== undefined && { next }) }),
  });
}

async function* each<T, R>(items: AsyncIterable<T>, work: (item: T) => Promise<R>): AsyncGenerator<R> {
  for await (const item of items) yield await work(item);
}
