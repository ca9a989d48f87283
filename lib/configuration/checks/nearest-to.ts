/**
 * The word that was probably meant: the one that shares the most pairs of letters with it, by Dice's coefficient.
 *
 * @param least likeness, from 0 to 1.
 */
export function nearestTo(
  word: string,
  known: readonly string[],
  least = LEAST_LIKENESS,
): string | undefined {
  const [best] = known
    .map((one) => ({ one, likeness: likenessOf(word, one) }))
    .filter(({ likeness }) => likeness >= least)
    .sort((a, b) => b.likeness - a.likeness);
  return best?.one;
}

/** Half of the pairs: `deadlineSeconds` is near `deadline`, and `retries` near nothing. */
const LEAST_LIKENESS = 0.5;

function likenessOf(a: string, b: string): number {
  const [pairs, others] = [pairsOf(a), pairsOf(b)];
  const shared = [...pairs].filter((pair) => others.has(pair)).length;
  return (2 * shared) / (pairs.size + others.size);
}

function pairsOf(word: string): ReadonlySet<string> {
  const letters = word.toLowerCase();
  return new Set(Array.from({ length: letters.length - 1 }, (_, index) => letters.slice(index, index + 2)));
}
