/** A campaign whose limits are prices instead: each delivery is then checked as is best for itself. */
import { costFloor } from './cost-floor.ts';
import { bestPlan } from './inspection.ts';
import { momentsOf, type Starts } from './moments.ts';
import { timelineOf } from './timeline.ts';
import type { CallWindow } from './windows.ts';

export interface Relaxed {
  /** Seconds, over all notifications: the cost of the best plans, less what the calls that the windows admit would cost. */
  readonly bound: number;
  /** Calls that are expected in each window. */
  readonly calls: Float64Array;
  /** Calls that are expected in all. */
  readonly allCalls: number;
}

/** @returns what comes of the prices of a call in each window, in seconds of lag, if checks are at the grid's ages. */
export function relaxation(
  starts: readonly Starts[],
  windows: readonly CallWindow[],
): (prices: Float64Array) => Relaxed {
  const timeline = timelineOf(windows);
  const moments = starts.flatMap((kind) => [...momentsOf(kind, timeline.cuts)]);

  return (prices) => {
    const priceIn = timeline.pricesIn(prices);
    const calls = new Float64Array(priceIn.length);
    let cost = 0;
    for (const { grid, notifications, stretches } of moments) {
      const plan = bestPlan(grid, (age) => priceIn[stretches[age] as number] as number);
      cost += notifications * plan.cost;
      for (let age = 0; age < stretches.length - 1; ) {
        const unfinished = 1 - (grid.cdf[age] as number);
        age = plan.next[age] as number;
        const stretch = stretches[age] as number;
        calls[stretch] = (calls[stretch] as number) + notifications * unfinished;
      }
    }
    const allCalls = calls.reduce((sum, number) => sum + number, 0);
    return { bound: cost - admitted(windows, prices), calls: timeline.callsIn(calls), allCalls };
  };
}

/** @returns less than the bound at these prices would be if checks could be at any age; in seconds. */
export function boundFloor(
  starts: readonly Starts[],
  windows: readonly CallWindow[],
  prices: Float64Array,
): number {
  const timeline = timelineOf(windows);
  const priceIn = timeline.pricesIn(prices);
  let cost = 0;
  for (const kind of starts) {
    for (const { grid, notifications, stretches } of momentsOf(kind, timeline.cuts)) {
      const leastPriceOf = (cell: number) => {
        const end = stretches[Math.min(cell + 1, stretches.length - 1)] as number;
        let least = Number.POSITIVE_INFINITY;
        for (let i = stretches[cell] as number; i <= end; i += 1)
          least = Math.min(least, priceIn[i] as number);
        return least;
      };
      cost += notifications * costFloor(grid, leastPriceOf);
    }
  }
  return cost - admitted(windows, prices);
}

function admitted(windows: readonly CallWindow[], prices: Float64Array): number {
  return windows.reduce((sum, { calls }, i) => sum + calls * (prices[i] as number), 0);
}
