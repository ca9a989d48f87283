/** Time, cut where a window begins or ends: between two cuts a call has one price. */
import type { CallWindow } from './windows.ts';

export interface Timeline {
  /** Seconds, rising; stretch i is from cut i to cut i + 1, and the last one never ends. */
  readonly cuts: Float64Array;
  /** @returns the price of a call in each stretch: those of the windows that it lies in, together. */
  pricesIn(prices: Float64Array): Float64Array;
  /** @returns the calls in each window, of the calls in each stretch. */
  callsIn(calls: Float64Array): Float64Array;
}

export function timelineOf(windows: readonly CallWindow[]): Timeline {
  const cuts = Float64Array.from(new Set([0, ...windows.flatMap(({ from, to }) => [from, to])]))
    .filter((cut) => Number.isFinite(cut))
    .sort();
  const numberOf = new Map([...cuts].map((cut, i) => [cut, i]));
  const spans = windows.map(({ from, to }) => ({
    first: numberOf.get(from) ?? 0,
    end: numberOf.get(to) ?? cuts.length,
  }));
  return {
    cuts,
    pricesIn(prices) {
      const inStretch = new Float64Array(cuts.length);
      spans.forEach(({ first, end }, window) => {
        for (let i = first; i < end; i += 1)
          inStretch[i] = (inStretch[i] as number) + (prices[window] as number);
      });
      return inStretch;
    },
    callsIn(calls) {
      return Float64Array.from(spans, ({ first, end }) =>
        calls.subarray(first, end).reduce((sum, number) => sum + number, 0),
      );
    },
  };
}
