import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGES, chancesOf, UNKNOWN } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { cellOf, GRID, survivalAt, survivalOf } from '../../../lambdas/check-delivery/schedule/survival.ts';
import { anyAge, anyTable } from './known-lives.ts';

const survivals = anyTable.map((table) => survivalOf(chancesOf(table)));

describe('the share under way', () => {
  it('is everything at first and never rises', () => {
    fc.assert(
      fc.property(survivals, (survival) => {
        expect(survival[0]).toBe(1);
        expect(survival).toEqual(survival.toSorted((a, b) => b - a));
        expect(survival.at(-1)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is at each age what the chances of all ages before leave', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const chances = chancesOf(table);
        const survival = survivalOf(chances);

        let left = 1;
        for (const [i, age] of AGES.slice(0, -1).entries()) {
          expect(survivalAt(age, survival)).toBeCloseTo(left, 9);
          left *= 1 - (chances[i] ?? 0);
        }
      }),
    );
  });

  it('lies between those of the ages around', () => {
    fc.assert(
      fc.property(survivals, anyAge, (survival, age) => {
        const cell = cellOf(age);
        const share = survivalAt(age, survival);

        expect(share).toBeLessThanOrEqual((survival[cell] ?? 0) + 1e-12);
        expect(share).toBeGreaterThanOrEqual((survival[cell + 1] ?? 0) - 1e-12);
      }),
    );
  });

  it('is half way down amid an age', () => {
    const survival = survivalOf(UNKNOWN);

    expect(survivalAt(2.5, survival)).toBeCloseTo(0.8, 9);
    expect(survivalAt(5, survival)).toBeCloseTo(0.6, 9);
  });

  it('falls no more beyond the last age', () => {
    const survival = survivalOf(UNKNOWN);

    expect(survivalAt(31_536_000, survival)).toBe(survival.at(-1));
  });
});

describe('the grid', () => {
  it('rises, and holds every age but the last', () => {
    expect([...GRID]).toEqual([...GRID].toSorted((a, b) => a - b));
    expect([...GRID]).toEqual(expect.arrayContaining(AGES.slice(0, -1)));
  });

  it('has each of its ages at its own place', () => {
    expect([...GRID].map(cellOf)).toEqual([...GRID.keys()]);
  });

  it('has any age between one of its own and the next', () => {
    fc.assert(
      fc.property(anyAge, (age) => {
        const cell = cellOf(age);

        expect(GRID[cell]).toBeLessThanOrEqual(age);
        expect(GRID[cell + 1] ?? Number.POSITIVE_INFINITY).toBeGreaterThan(age);
      }),
    );
  });
});
