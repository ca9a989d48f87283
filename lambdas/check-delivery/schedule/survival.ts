/** Of all deliveries of a bot, the share that is still under way at each age. */
import { AGES, type Chances } from './life-table.ts';

const PIECES = 8;

/** Seconds: each step of `AGES` in pieces, since a check may come at any time. */
export const GRID: Float64Array = Float64Array.from(
  AGES.slice(0, -1).flatMap((from, i) => {
    const step = (AGES[i + 1] as number) - from;
    return Array.from({ length: PIECES }, (_, piece) => from + (step * piece) / PIECES);
  }),
);

/** For each age of `GRID`, from 1 down to 0; straight between them. */
export type Survival = Float64Array;

export function survivalOf(chances: Chances): Survival {
  const survival = new Float64Array(GRID.length);
  let underWay = 1;
  for (let i = 0; i < AGES.length - 1; i += 1) {
    const ending = underWay * (chances[i] as number);
    for (let piece = 0; piece < PIECES; piece += 1) {
      survival[i * PIECES + piece] = underWay - (ending * piece) / PIECES;
    }
    underWay -= ending;
  }
  return survival;
}

/** @param age seconds. */
export function survivalAt(age: number, survival: Survival): number {
  const cell = cellOf(age);
  const [from, to] = [GRID[cell] as number, GRID[cell + 1]];
  const value = survival[cell] as number;
  if (to === undefined) return value;
  return value + (((survival[cell + 1] as number) - value) * (age - from)) / (to - from);
}

/** Index of the last age of `GRID` that is not beyond `age`. */
export function cellOf(age: number): number {
  const first = AGES[1] as number;
  const perDoubling = 1 / Math.log2((AGES[2] as number) / first);
  const guess = age < first ? 0 : 1 + Math.floor(Math.log2(age / first) * perDoubling);
  const step = Math.min(AGES.length - 2, guess);
  const [from, to] = [AGES[step] as number, AGES[step + 1] as number];
  const piece = Math.floor(((age - from) / (to - from)) * PIECES);
  const cell = step * PIECES + Math.max(0, Math.min(PIECES - 1, piece));
  // Rounding takes an age of the grid for one just below it.
  return (GRID[cell + 1] ?? Number.POSITIVE_INFINITY) <= age ? cell + 1 : cell;
}
