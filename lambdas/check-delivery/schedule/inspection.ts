/** When to look at something whose end nobody announces: how long to wait for the next check, at an age and a price. */
import { costAhead } from './cost-ahead.ts';
import { cellOf, GRID, type Survival, survivalAt } from './survival.ts';

export interface WaitLimits {
  /** No wait is shorter. */
  readonly floorSeconds: number;
  /** No wait is longer, unless hardly any delivery ends in it. It grows with the price: a longer wait is what calls that others need cost. */
  readonly capSeconds: number;
  /** What a check is worth to an idle bot. */
  readonly checkWorthSeconds: number;
}

export interface Wait {
  readonly seconds: number;
  /** Of those under way before it, the share that is still so after it. */
  readonly survival: number;
}

/** A wait may be longer than the cap until so many have ended in it. */
const HARDLY_ANY = 0.005;
/** Fewer deliveries than this are none. */
const NONE = 1e-9;
const LAST = GRID.length - 1;

/** @param worthSeconds how much lag one more check would have to save. */
export function inspection(
  worthSeconds: number,
  limits: WaitLimits,
  survival: Survival,
): (age: number) => Wait {
  const { relief, next } = costAhead(worthSeconds, survival);
  const { floorSeconds, checkWorthSeconds } = limits;
  const cap = (limits.capSeconds * worthSeconds) / checkWorthSeconds;

  /** A check pays as soon as more have ended than a second's delay relieves: first so about the best ages of the grid. */
  function bestAge(age: number, underWay: number): number {
    const here = cellOf(age);
    const [first, last] = [next[here] as number, next[here + 1] as number];
    for (let cell = Math.max(here, first - 1); cell <= Math.min(last, LAST - 1); cell += 1) {
      const from = Math.max(age, GRID[cell] as number);
      const ended = underWay - survivalAt(from, survival);
      const endedAfter = underWay - (survival[cell + 1] as number);
      const enough = relief[cell] as number;
      if (ended < enough && endedAfter >= enough) {
        return from + (((GRID[cell + 1] as number) - from) * (enough - ended)) / (endedAfter - ended);
      }
      if (ended >= enough && from > age) return from;
    }
    return GRID[last] as number;
  }

  return (age) => {
    const underWay = survivalAt(age, survival);
    // Of so old a delivery nothing is known, and so not that others' calls are worth more.
    if (underWay < NONE || cellOf(age) >= LAST) {
      return { seconds: Math.max(floorSeconds, limits.capSeconds), survival: 1 };
    }
    const best = bestAge(age, underWay);
    const capped =
      best > age + cap ? Math.max(age + cap, ageWhenMoreThanFewEnded(age, best, survival)) : best;
    const at = Math.max(Math.min(best, capped), age + floorSeconds);
    return { seconds: at - age, survival: survivalAt(at, survival) / underWay };
  };
}

/** The first age, up to `until`, by which more than hardly any of those under way at `age` have ended. */
function ageWhenMoreThanFewEnded(age: number, until: number, survival: Survival): number {
  const left = survivalAt(age, survival) * (1 - HARDLY_ANY);
  let cell = cellOf(age);
  while (cell < LAST && (survival[cell + 1] as number) > left) cell += 1;
  if (cell >= LAST) return until;
  const from = Math.max(age, GRID[cell] as number);
  const before = survivalAt(from, survival);
  const after = survival[cell + 1] as number;
  return from + (((GRID[cell + 1] as number) - from) * (before - left)) / (before - after);
}
