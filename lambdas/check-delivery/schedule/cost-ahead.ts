/**
 * What is still to be paid for a delivery that is checked at an age, in seconds of lag: the inspection problem's dynamic program
 * (Barlow, Hunter and Proschan 1963; docs/detection-bound.md). A check costs as much as so many seconds of lag.
 */
import { GRID, type Survival } from './survival.ts';

export interface CostAhead {
  /** By how much less is to be paid for each second that a check is made later, between each age of `GRID` and the next. */
  readonly relief: Float64Array;
  /** For each age of `GRID`, the index of the best next check's. */
  readonly next: Int32Array;
}

/**
 * The cost after a check at age x is the least over y of: the lag of those that end before y, the check, the cost after it. For each y
 * that is a straight line over the share that has ended at x, so the least of them is the lower envelope of lines.
 */
export function costAhead(worthSeconds: number, survival: Survival): CostAhead {
  const size = GRID.length;
  const gone = partialMeans(survival);
  const cost = new Float64Array(size);
  const relief = new Float64Array(size);
  const next = new Int32Array(size).fill(size - 1);
  const envelope = lowerEnvelope(size);
  for (let x = size - 2; x >= 0; x -= 1) {
    const y = GRID[x + 1] as number;
    const ended = 1 - (survival[x + 1] as number);
    envelope.add(-y, y * ended - (gone[x + 1] as number) + (cost[x + 1] as number), x + 1);
    const { value, index } = envelope.leastAt(1 - (survival[x] as number));
    next[x] = index;
    cost[x] = value + (gone[x] as number) + worthSeconds * (survival[x] as number);
    relief[x] = Math.max(0, ((cost[x] as number) - (cost[x + 1] as number)) / (y - (GRID[x] as number)));
  }
  return { relief, next };
}

/** For each age, the mean age at the end of those that ended before it, times their share. */
function partialMeans(survival: Survival): Float64Array {
  const means = new Float64Array(GRID.length);
  for (let i = 1; i < GRID.length; i += 1) {
    const share = (survival[i - 1] as number) - (survival[i] as number);
    means[i] = (means[i - 1] as number) + (share * ((GRID[i] as number) + (GRID[i - 1] as number))) / 2;
  }
  return means;
}

/** Lines are added by rising slope, and asked for at falling places: each is looked at twice at most. */
function lowerEnvelope(size: number) {
  const slopes = new Float64Array(size);
  const heights = new Float64Array(size);
  const indexes = new Int32Array(size);
  let [first, last] = [0, -1];
  const at = (line: number, place: number) => (heights[line] as number) + (slopes[line] as number) * place;
  /** Whether the last line is nowhere the lowest once there is a new one. */
  const isHidden = (slope: number, height: number) => {
    const [s, h] = [slopes[last - 1] as number, heights[last - 1] as number];
    return (height - h) * ((slopes[last] as number) - s) <= ((heights[last] as number) - h) * (slope - s);
  };
  return {
    add(slope: number, height: number, index: number) {
      while (last > first && isHidden(slope, height)) last -= 1;
      last += 1;
      slopes[last] = slope;
      heights[last] = height;
      indexes[last] = index;
    },
    leastAt(place: number) {
      while (last > first && at(first + 1, place) <= at(first, place)) first += 1;
      return { value: at(first, place), index: indexes[first] as number };
    },
  };
}
