import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idleBound } from '../../../bench/bound/bound.ts';
import { exponential, type Lifetime, uniform } from '../../../bench/bound/lifetime.ts';
import { LIFETIMES } from '../../../bench/bound/lifetimes.ts';
import { inspection, type WaitLimits } from '../../../lambdas/check-delivery/schedule/inspection.ts';
import { type Chances, chancesOf, UNKNOWN } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { survivalOf } from '../../../lambdas/check-delivery/schedule/survival.ts';
import { anyAge, anyTable, follow, trueChances } from './known-lives.ts';

const WORTH = 4;
const YEAR = 31_536_000;
const LIMITS: WaitLimits = { floorSeconds: 5, capSeconds: 135, checkWorthSeconds: WORTH };
/** Wide enough to see what the costs say by themselves. */
const NO_LIMITS: WaitLimits = { floorSeconds: 0.001, capSeconds: YEAR, checkWorthSeconds: WORTH };

const waitsOf = (chances: Chances, worth = WORTH, limits = NO_LIMITS) => {
  const waitAt = inspection(worth, limits, survivalOf(chances));
  return (age: number) => waitAt(age).seconds;
};
/** The ages of the first checks. */
function checksOf(waitAt: (age: number) => number, count: number): number[] {
  const ages: number[] = [];
  while (ages.length < count) ages.push((ages.at(-1) ?? 0) + waitAt(ages.at(-1) ?? 0));
  return ages;
}
const anyWorth = fc.double({ min: WORTH, max: 100 * WORTH, noNaN: true });

describe('waits', () => {
  it.each([4, 15, 60])('are all the same where a kind has no memory and a check is worth %d s', (worth) => {
    const rate = 1 / 300;
    const waitAt = waitsOf(trueChances(exponential(1 / rate)), worth);

    for (const age of [0, 20, 60, 150, 300]) {
      const wait = waitAt(age);
      // Barlow and Proschan 1965: the best wait T solves exp(rate T) = 1 + rate (T + worth).
      const ofBest = Math.sqrt((Math.exp(rate * wait) - 1 - rate * wait) / (rate * worth));
      expect(ofBest).toBeGreaterThan(0.85);
      expect(ofBest).toBeLessThan(1.15);
    }
  });

  it('are each shorter by the worth of a check where as many end at one moment as at another', () => {
    const [first = 0, ...others] = checksOf(waitsOf(trueChances(uniform(0, 640))), 10);

    let [age, wait] = [first, first];
    for (const next of others) {
      expect(Math.abs(next - age - (wait - WORTH))).toBeLessThan(2);
      [age, wait] = [next, next - age];
    }
  });

  it('are about the root of twice the worth and the age, at any age, where nothing is known', () => {
    const waitAt = waitsOf(UNKNOWN);

    for (let age = 20; age <= 30_000; age *= 1.001) {
      const ratio = waitAt(age) / Math.sqrt(2 * WORTH * age);
      expect(ratio).toBeGreaterThan(0.6);
      expect(ratio).toBeLessThan(1.35);
    }
  });

  it.each<[shape: string, Lifetime, times: number]>([
    ['lognormal', LIFETIMES.lognormal, 1.02],
    ['all slow', LIFETIMES['all slow'], 1.02],
    ['bimodal', LIFETIMES.bimodal, 1.07],
  ])(
    'of deliveries that are %s have hardly more lag than the bench says anyone must',
    (_, lifetime, times) => {
      const { lag, calls } = follow(lifetime, waitsOf(trueChances(lifetime)));

      const bound = idleBound(lifetime, calls);

      expect(lag).toBeLessThan(times * bound);
      expect(lag).toBeGreaterThan(bound);
    },
  );

  it('pass over a time in which no delivery ever ended', () => {
    const within = trueChances(LIFETIMES.bimodal);

    const checks = checksOf(waitsOf(within, 3 * WORTH, LIMITS), 2);

    expect(checks[0]).toBeGreaterThan(12);
    expect(checks[0]).toBeLessThan(20);
    expect(checks[1]).toBeGreaterThan(540);
    expect(checks[1]).toBeLessThan(660);
  });

  it('are no shorter, but for a hundredth, where a check must be worth more', () => {
    fc.assert(
      fc.property(anyTable, anyAge, anyWorth, anyWorth, (table, age, one, other) => {
        const chances = chancesOf(table);
        const [less, more] = [Math.min(one, other), Math.max(one, other)];

        const shorter = waitsOf(chances, less, LIMITS)(age);

        expect(waitsOf(chances, more, LIMITS)(age)).toBeGreaterThanOrEqual(0.99 * shorter);
      }),
    );
  });
});

describe('the limits', () => {
  it('leave no wait shorter than the floor', () => {
    expect(waitsOf(UNKNOWN, WORTH, { ...LIMITS, floorSeconds: 90 })(100)).toBe(90);
  });

  it('leave none longer than the cap, which grows with the worth, unless hardly any end in it', () => {
    fc.assert(
      fc.property(anyTable, anyAge, anyWorth, (table, age, worth) => {
        const wait = inspection(worth, LIMITS, survivalOf(chancesOf(table)))(age);

        const cap = (LIMITS.capSeconds * worth) / WORTH;
        expect(wait.seconds <= cap * (1 + 1e-9) || wait.survival > 0.995 - 1e-9).toBe(true);
      }),
    );
  });

  it('leave a wait that costs would make longer the cap, twice as long where a check must be worth twice as much', () => {
    const waitAt = (worth: number) => inspection(worth, LIMITS, survivalOf(UNKNOWN))(20_000);

    for (const times of [1, 2, 4]) {
      const { seconds, survival } = waitAt(times * WORTH);
      expect(waitsOf(UNKNOWN, times * WORTH)(20_000)).toBeGreaterThan(seconds);
      // More than hardly any end in it.
      expect(survival).toBeLessThan(0.995);
      expect(seconds).toBeCloseTo(135 * times, 6);
    }
  });

  it('leave every wait a time from the floor on, and a share that is still under way after it', () => {
    fc.assert(
      fc.property(anyTable, anyAge, anyWorth, (table, age, worth) => {
        const { seconds, survival } = inspection(worth, LIMITS, survivalOf(chancesOf(table)))(age);

        expect(seconds).toBeGreaterThanOrEqual(LIMITS.floorSeconds * (1 - 1e-9));
        expect(seconds).toBeLessThan(YEAR);
        expect(survival).toBeGreaterThanOrEqual(0);
        expect(survival).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  it.each([1_300_000, YEAR])(
    'leave the cap, whatever calls are worth, at %d s, of which nothing can be known',
    (age) => {
      expect(waitsOf(UNKNOWN, WORTH, LIMITS)(age)).toBe(135);
      expect(waitsOf(UNKNOWN, 4 * WORTH, LIMITS)(age)).toBe(135);
    },
  );

  it('leave the cap where all should have ended long ago', () => {
    const allEnded = UNKNOWN.map(() => 1);

    expect(waitsOf(allEnded, WORTH, LIMITS)(100)).toBe(135);
  });

  it('leave the floor where it is above the cap', () => {
    expect(waitsOf(UNKNOWN, WORTH, { ...LIMITS, floorSeconds: 200 })(YEAR)).toBe(200);
  });
});
