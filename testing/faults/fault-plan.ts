/** Which faults are still to come. A place tells of every arrival, and hears what goes wrong this time. */
import { type Fault, type Place, TIMES, type Way } from './fault.ts';

export interface FaultPlan {
  /** Somebody arrives at a place: the way it fails now, or `undefined` where it works. */
  arrive(place: Place): Way | undefined;
}

/** The first arrivals at the place of each fault meet it. */
export function faultPlan(faults: readonly Fault[]): FaultPlan {
  const left = faults.map(({ place, way, times }) => ({ place, way, times: TIMES[times] }));
  return {
    arrive(place) {
      const fault = left.find((other) => other.place === place && other.times > 0);
      if (fault === undefined) return undefined;
      fault.times -= 1;
      return fault.way;
    },
  };
}
