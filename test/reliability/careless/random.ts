/** Chance from a seed: the same for the same seed. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** From 0 up to 1. */
  next(): number;
  upTo(most: number): number;
  between(least: number, most: number): number;
  chance(share: number): boolean;
  of<T>(many: readonly T[]): T;
}

export function randomFrom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const next = () => (generator.next() >>> 0) / 2 ** 32;
  return {
    next,
    upTo: (most) => next() * most,
    between: (least, most) => least + next() * (most - least),
    chance: (share) => next() < share,
    of: <T>(many: readonly T[]) => many[Math.floor(next() * many.length)] as T,
  };
}
