/** When trackings of a quota key began, counted: what is under way, and how many calls it will need, follows from it. */

/** Counts by the number of the stretch since 1970, in two lengths: the latest minutes finely, hours coarsely. */
export interface StartCounts {
  readonly fine: ReadonlyMap<number, number>;
  readonly coarse: ReadonlyMap<number, number>;
}

export const NO_STARTS: StartCounts = { fine: new Map(), coarse: new Map() };

export const FINE_SECONDS = 30;
export const COARSE_SECONDS = 600;
/** Four hours: what takes longer is rare, or calls rarely. */
const COARSE_KEPT = 24;
const FINE_IN_COARSE = COARSE_SECONDS / FINE_SECONDS;

/** @param time milliseconds since 1970. */
export function stretchOf(time: number, seconds: number): number {
  return Math.floor(time / 1000 / seconds);
}

/** The first stretches that still count. Until a coarse stretch is over, and for one more, its starts are known finely. */
export function oldestStretches(now: number): { fine: number; coarse: number } {
  const present = stretchOf(now, COARSE_SECONDS);
  return { fine: (present - 1) * FINE_IN_COARSE, coarse: present - COARSE_KEPT };
}

/** Trackings that began within a time. */
export interface Starts {
  /** Seconds ago. */
  readonly from: number;
  /** Seconds ago, not in the future. */
  readonly until: number;
  readonly count: number;
}

/** Each start once. */
export function startsIn({ fine, coarse }: StartCounts, now: number): Starts[] {
  const oldest = oldestStretches(now);
  const since = (counts: ReadonlyMap<number, number>, seconds: number, first: number, end: number) =>
    [...counts]
      .filter(([stretch]) => stretch >= first && stretch < end)
      .map(([stretch, count]) => {
        const from = now / 1000 - stretch * seconds;
        return { from, until: Math.max(0, from - seconds), count };
      });
  return [
    ...since(fine, FINE_SECONDS, oldest.fine, Number.POSITIVE_INFINITY),
    ...since(coarse, COARSE_SECONDS, oldest.coarse, oldest.fine / FINE_IN_COARSE),
  ];
}
