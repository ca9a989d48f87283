/** Works on many things, some at once. After a failure nothing new begins, and nothing goes on once it is thrown. */
export async function inLanes<T>(
  things: readonly T[],
  lanes: number,
  work: (thing: T) => Promise<void>,
): Promise<void> {
  const left = things.values();
  let failure: { readonly error: unknown } | undefined;
  const lane = async () => {
    for (const thing of left) {
      if (failure !== undefined) return;
      try {
        await work(thing);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failure !== undefined) throw failure.error;
}
