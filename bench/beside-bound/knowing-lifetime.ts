/** A forecast that knows how long deliveries take, which a bot's tracker has to learn. */
import { forecastFrom } from '../../lambdas/check-delivery/budget/forecast.ts';
import { AGES } from '../../lambdas/check-delivery/schedule/life-table.ts';
import type { Lifetime } from '../bound/lifetime.ts';

/** Fewer are none. */
const NONE = 1e-12;

export function knowingLifetime(lifetime: Lifetime): typeof forecastFrom {
  const chances = chancesIn(lifetime);
  return (state, outset) => ({ ...forecastFrom(state, outset), chances });
}

/** For each age of `AGES`, the chance that a delivery which reached it ends before the next. */
export function chancesIn({ cdf }: Lifetime): number[] {
  return AGES.map((from, i) => {
    const [underWay, to] = [1 - cdf(from), AGES[i + 1]];
    return to === undefined || underWay < NONE ? 1 : (cdf(to) - cdf(from)) / underWay;
  });
}
