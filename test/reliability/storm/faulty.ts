/** Lets a tracking's faults happen at the arrivals that its plan names. */
import type { StormFault, StormPlace, StormWay } from './plan.ts';

/** The function's process is gone: nothing may catch it but the workflow. */
export class Crash extends Error {
  override readonly name = 'Runtime.ExitError';
}

export interface Faulty {
  /** The fault that this arrival at the place meets. */
  arrive(place: StormPlace): StormWay | undefined;
  /** Runs an effect with the fault of this arrival; `fail` makes the error of one that the place itself reports. */
  run<T>(place: StormPlace, effect: () => Promise<T>, fail: (way: StormWay) => Error): Promise<T>;
}

export function faulty(faults: readonly StormFault[]): Faulty {
  const arrivals = new Map<StormPlace, number>();
  function arrive(place: StormPlace): StormWay | undefined {
    const arrival = arrivals.get(place) ?? 0;
    arrivals.set(place, arrival + 1);
    return faults.find((fault) => fault.place === place && fault.arrival === arrival)?.way;
  }
  return {
    arrive,
    async run(place, effect, fail) {
      const way = arrive(place);
      if (way === undefined) return effect();
      if (way === 'crash before') throw new Crash();
      if (way === 'answer lost' || way === 'crash after') await effect();
      throw way === 'crash after' ? new Crash() : fail(way);
    },
  };
}
