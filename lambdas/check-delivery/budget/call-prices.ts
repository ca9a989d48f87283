/**
 * What calls are worth while others need them too. For each window of time, the least price at which all that is under way and all that
 * is still to come would make no more calls in it than Kore.ai's limits leave; at a time, the highest of the windows that hold it. By
 * Lagrangian relaxation such a price is also the best policy (docs/detection-bound.md).
 */
import { type CallsByAge, callsByAge } from '../schedule/calls-by-age.ts';
import type { WaitLimits } from '../schedule/inspection.ts';
import type { Price } from '../schedule/price.ts';
import type { Survival } from '../schedule/survival.ts';
import type { Bookings } from './bookings.ts';
import type { Capacity } from './call-limits.ts';
import { callsLeft } from './calls-left.ts';
import type { Demand } from './demand.ts';

/** Windows end so many seconds from now. They begin now, or a span before their end. */
const ENDS = [30, 60, 120, 240, 480, 900, 1_350, 1_800, 2_700, 3_600, 4_500, 5_400, 7_200];
const SPAN_SECONDS = 3_900;

/** Prices are this factor apart, from what a check is worth to an idle bot; between two of them they are interpolated. */
const FACTOR = 1.5;
/**
 * No price is higher than the first step from here on, so that calls do not lie idle where more seems to come than limits admit: what
 * comes is guessed, and such a load needs them all.
 */
const HIGHEST_WORTH_SECONDS = 300;

/** @param now milliseconds since 1970. */
export function callPrices(
  demand: Demand,
  survival: Survival,
  limits: WaitLimits,
  { bookings, now, capacity }: { bookings: Bookings; now: number; capacity: Capacity },
): Price[] {
  const highest = Math.max(
    1,
    Math.ceil(Math.log(HIGHEST_WORTH_SECONDS / limits.checkWorthSeconds) / Math.log(FACTOR)),
  );
  const worthAt = (step: number) => limits.checkWorthSeconds * FACTOR ** step;
  const untilAge = demand.oldestSeconds + Math.max(...ENDS);
  const known: CallsByAge[] = [];
  const callsAt = (step: number) => {
    const calls = known[step] ?? callsByAge(worthAt(step), limits, survival, untilAge);
    known[step] = calls;
    return calls;
  };
  const windows = ENDS.map((end) => {
    const begin = Math.max(0, end - SPAN_SECONDS);
    const calls = (step: number) =>
      demand.callsWithin(end, callsAt(step)) - demand.callsWithin(begin, callsAt(step));
    const left = callsLeft(end, bookings, now, capacity);
    return { begin, end, worthSeconds: worthAt(leastStep(calls, left, highest)) };
  });
  return ENDS.map((untilSeconds, i) => {
    const from = ENDS[i - 1] ?? 0;
    const around = windows.filter(({ begin, end }) => begin < untilSeconds && end > from);
    return { untilSeconds, worthSeconds: Math.max(...around.map(({ worthSeconds }) => worthSeconds)) };
  });
}

/** The least step at which no more than so many calls are made, in parts of a step. */
function leastStep(calls: (step: number) => number, left: number, highest: number): number {
  if (calls(0) <= left) return 0;
  let [low, high] = [0, highest];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (calls(middle) <= left) high = middle;
    else low = middle;
  }
  const [tooMany, few] = [calls(low), calls(high)];
  return few >= left ? high : low + (tooMany - left) / (tooMany - few);
}
