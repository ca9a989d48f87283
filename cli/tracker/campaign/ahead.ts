/** Reads several sources one after another, with the beginnings of the next ones already under way. */
export async function* ahead<T>(sources: AsyncIterable<AsyncIterator<T>>, count: number): AsyncGenerator<T> {
  const opened: { source: AsyncIterator<T>; next: Promise<IteratorResult<T>> }[] = [];
  for await (const source of sources) {
    const next = source.next();
    // It is thrown where its turn comes, which may be never.
    next.catch(() => {});
    opened.push({ source, next });
    if (opened.length >= count) yield* rest(opened.shift());
  }
  while (opened.length > 0) yield* rest(opened.shift());
}

async function* rest<T>(
  part: { source: AsyncIterator<T>; next: Promise<IteratorResult<T>> } | undefined,
): AsyncGenerator<T> {
  if (part === undefined) return;
  for (let found = await part.next; !found.done; found = await part.source.next()) yield found.value;
}
