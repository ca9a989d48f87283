/** Deliveries of which more is known than any tracker could learn, and tables that might be anything. */
import fc from 'fast-check';
import type { Lifetime } from '../../../bench/bound/lifetime.ts';
import { AGES, type Chances, type LifeTable } from '../../../lambdas/check-delivery/schedule/life-table.ts';

const YEAR = 31_536_000;
/** Where fewer are left, differences of the shares are rounding. */
const HARDLY_ANY = 1e-9;

/** What a bot would have learnt of deliveries if it had seen all of them. */
export function trueChances({ cdf }: Pick<Lifetime, 'cdf'>): Chances {
  return AGES.map((from, i) => {
    const to = AGES[i + 1];
    const underWay = 1 - cdf(from);
    if (to === undefined || underWay < HARDLY_ANY) return 1;
    return Math.min(1, (cdf(to) - cdf(from)) / underWay);
  });
}

/** Of deliveries that end between two of `AGES`, all of them, and as many at one moment as at another. */
export function endingIn(step: number): Chances {
  return AGES.map((_, age) => (age < step ? 0 : 1));
}

export interface Followed {
  /** Seconds, in the mean. */
  readonly lag: number;
  /** In the mean. */
  readonly calls: number;
}

/** What becomes of deliveries that are checked as `waitAt` says, by the integrals of their lifetime. */
export function follow(lifetime: Lifetime, waitAt: (age: number) => number): Followed {
  const { cdf, partialMean } = lifetime;
  let [age, lag, calls] = [0, 0, 0];
  while (1 - cdf(age) > 1e-7) {
    const next = age + waitAt(age);
    calls += 1 - cdf(age);
    lag += next * (cdf(next) - cdf(age)) - (partialMean(next) - partialMean(age));
    age = next;
  }
  return { lag, calls };
}

export const anyAge = fc.oneof(
  fc.double({ min: 0, max: 5_000, noNaN: true }),
  fc.constantFrom(...AGES),
  fc.double({ min: 0, max: YEAR, noNaN: true }),
);

/** Also such as could never be learnt: more may have ended than lived. */
export const anyTable: fc.Arbitrary<LifeTable> = fc.record({
  lived: fc.array(fc.double({ min: 0, max: 600, noNaN: true }), { maxLength: AGES.length }),
  ended: fc.array(
    fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.double({ min: 0, max: 500, noNaN: true })),
    {
      maxLength: AGES.length,
    },
  ),
});
