/** The moments that stand for when deliveries start, each with where in time its ages are. */
import type { Grid } from './grid.ts';

/** Deliveries of one kind, which start evenly. Times are seconds. */
export interface Starts {
  readonly grid: Grid;
  readonly notifications: number;
  /** Since the campaign's begin. */
  readonly from: number;
  readonly within: number;
  /** How many moments stand for all of them. */
  readonly moments: number;
}

export interface Moment {
  readonly grid: Grid;
  readonly notifications: number;
  /** The number of the stretch of time in which a delivery that starts now has each age. */
  readonly stretches: Uint32Array;
}

/** @param cuts between the stretches, rising, in seconds since the campaign's begin. */
export function* momentsOf(
  { grid, notifications, from, within, moments }: Starts,
  cuts: Float64Array,
): Generator<Moment> {
  for (let i = 0; i < moments; i += 1) {
    const start = from + ((i + 0.5) / moments) * within;
    yield { grid, notifications: notifications / moments, stretches: stretchesOf(grid.ages, start, cuts) };
  }
}

function stretchesOf(ages: Float64Array, start: number, cuts: Float64Array): Uint32Array {
  const stretches = new Uint32Array(ages.length);
  let stretch = 0;
  ages.forEach((age, i) => {
    while (start + age >= (cuts[stretch + 1] as number)) stretch += 1;
    stretches[i] = stretch;
  });
  // A check at the last age is one at any age from there on: no call costs less than one after all windows.
  stretches[ages.length - 1] = cuts.length - 1;
  return stretches;
}
