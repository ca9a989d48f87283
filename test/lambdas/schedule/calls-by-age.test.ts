import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callsByAge } from '../../../lambdas/check-delivery/schedule/calls-by-age.ts';
import { inspection, type WaitLimits } from '../../../lambdas/check-delivery/schedule/inspection.ts';
import { AGES, chancesOf, UNKNOWN } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { survivalAt, survivalOf } from '../../../lambdas/check-delivery/schedule/survival.ts';
import { anyAge, anyTable, endingIn } from './known-lives.ts';

const LIMITS: WaitLimits = { floorSeconds: 5, capSeconds: 135, checkWorthSeconds: 4 };
const YEAR = 31_536_000;
const anyWorth = fc.double({ min: 4, max: 400, noNaN: true });

it('a delivery has taken no calls before it begins', () => {
  fc.assert(
    fc.property(anyTable, anyWorth, (table, worth) => {
      const callsAt = callsByAge(worth, LIMITS, survivalOf(chancesOf(table)));

      expect(callsAt(-1)).toBe(0);
      expect(callsAt(0)).toBe(0);
    }),
  );
});

it('it has never taken fewer calls at a later age', () => {
  fc.assert(
    fc.property(anyTable, anyWorth, anyAge, anyAge, (table, worth, one, other) => {
      const callsAt = callsByAge(worth, LIMITS, survivalOf(chancesOf(table)));

      const before = callsAt(Math.min(one, other));
      expect(callsAt(Math.max(one, other))).toBeGreaterThanOrEqual(before - 1e-9);
    }),
  );
});

it('it has taken a call for each check of the schedule that found it under way the check before', () => {
  const survival = survivalOf(UNKNOWN);
  const callsAt = callsByAge(4, LIMITS, survival);
  const waitAt = inspection(4, LIMITS, survival);

  let [age, calls] = [0, 0];
  for (let check = 1; check <= 20; check += 1) {
    calls += survivalAt(age, survival);
    age += waitAt(age).seconds;
    expect(callsAt(age)).toBeCloseTo(calls, 6);
  }
});

it('its first check is made just before the planned age, and later ones at any time since the check before', () => {
  const survival = survivalOf(UNKNOWN);
  const callsAt = callsByAge(4, LIMITS, survival);
  const first = inspection(4, LIMITS, survival)(0).seconds;

  expect(callsAt(0.89 * first)).toBe(0);
  expect(callsAt(0.95 * first)).toBeCloseTo(0.5);
  expect(callsAt(1.5 * first)).toBeGreaterThanOrEqual(1);
});

it('it takes one call where its end is certain', () => {
  const step = 16;

  const callsAt = callsByAge(60, LIMITS, survivalOf(endingIn(step)));

  expect(callsAt(AGES[step] ?? 0)).toBe(0);
  expect(callsAt(YEAR)).toBeCloseTo(1, 1);
});

it('it takes fewer where a check must be worth more', () => {
  const [cheap, dear] = [4, 64].map((worth) => callsByAge(worth, LIMITS, survivalOf(UNKNOWN))(3_600));

  expect(dear).toBeLessThan(0.6 * (cheap ?? 0));
});
