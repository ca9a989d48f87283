/** A forecast that knows what calls will be worth: the bound's own prices, made of all that is going to be sent. */
import { forecastFrom } from '../../lambdas/check-delivery/budget/forecast.ts';
import { chancesOf } from '../../lambdas/check-delivery/schedule/life-table.ts';
import type { Price } from '../../lambdas/check-delivery/schedule/price.ts';
import { boundOfCohorts, type Cohort } from '../bound/bound.ts';

/** @param beginsAt when the campaign begins, milliseconds since 1970; until then nothing is known of it. */
export function knowingPrices(campaign: readonly Cohort[], beginsAt: number): typeof forecastFrom {
  const { priceAt } = boundOfCohorts(campaign, { windows: 'budget' });
  return (state, outset) => {
    const { now, limits } = outset;
    if (state === undefined || now < beginsAt) return forecastFrom(state, outset);
    const prices = pricesFrom((now - beginsAt) / 1_000, priceAt, limits.checkWorthSeconds);
    return { chances: chancesOf(state.lives), prices };
  };
}

/** Seconds from now; a price holds from one to the next. Near ones are closer together. */
const ENDS: readonly number[] = [
  30, 60, 90, 120, 180, 240, 300, 360, 420, 480, 600, 720, 900, 1_100, 1_350, 1_600, 1_800, 2_100, 2_400,
  2_700, 3_000, 3_300, 3_600, 4_000, 4_500, 5_400, 7_200,
];
/** A price is the mean at so many moments. */
const MOMENTS = 6;

/**
 * @param age seconds since the first start.
 * @param leastSeconds no price is lower.
 */
export function pricesFrom(age: number, priceAt: (age: number) => number, leastSeconds: number): Price[] {
  return ENDS.map((untilSeconds, i) => {
    const from = ENDS[i - 1] ?? 0;
    let sum = 0;
    for (let moment = 0; moment < MOMENTS; moment += 1) {
      sum += priceAt(age + from + ((untilSeconds - from) * (moment + 0.5)) / MOMENTS);
    }
    return { untilSeconds, worthSeconds: Math.max(leastSeconds, sum / MOMENTS) };
  });
}
