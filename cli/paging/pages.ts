/** Items as they come, a page of them or piece by piece. */

export interface Page<T> {
  readonly items: readonly T[];
  /** Whether there are more behind them. */
  readonly more: boolean;
}

/** The first of the items; of what comes after them no more than one is read. */
export async function pageOf<T>(items: AsyncIterable<T>, limit: number): Promise<Page<T>> {
  const taken: T[] = [];
  for await (const item of items) {
    if (taken.length === limit) return { items: taken, more: true };
    taken.push(item);
  }
  return { items: taken, more: false };
}

/** All items in pieces of that size, the last one smaller; none is empty. */
export async function* inPieces<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let piece: T[] = [];
  for await (const item of items) {
    piece.push(item);
    if (piece.length < size) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
