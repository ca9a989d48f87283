import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AGES,
  chancesOf,
  changesBy,
  EMPTY_TABLE,
  endedBetween,
  type Lesson,
  type LifeTable,
  stillUnderWay,
  UNKNOWN,
} from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { anyTable } from './known-lives.ts';

const LAST_AGE = AGES.at(-1) ?? 0;
/** The ages 40 s and 47.6 s. */
const FORTY = AGES.findLastIndex((age) => age <= 40);
const LENGTH = (AGES[FORTY + 1] ?? 0) - (AGES[FORTY] ?? 0);

/** Each change is rounded by half of this at most. */
const LAST_DIGIT = 1e-4;

function learn(lessons: readonly Lesson[], table: LifeTable = EMPTY_TABLE): LifeTable {
  const lived = AGES.map((_, age) => table.lived[age] ?? 0);
  const ended = AGES.map((_, age) => table.ended[age] ?? 0);
  for (const lesson of lessons) {
    for (const change of changesBy(lesson, { lived, ended })) {
      lived[change.age] = (lived[change.age] ?? 0) + change.lived;
      ended[change.age] = (ended[change.age] ?? 0) + change.ended;
    }
  }
  return { lived, ended };
}

/** What is learnt at one moment of lives that began together. */
const seenAt = (present: number, lives: readonly number[]) =>
  lives.map((end) => (end < present ? endedBetween(0, present, end) : stillUnderWay(0, present)));

const passing = (count: number) => Array.from({ length: count }, () => stillUnderWay(0, 300));
const ending = (count: number) => Array.from({ length: count }, () => endedBetween(0, 300, 44));

describe('ages', () => {
  it('begin at 0 and 5 s, double with every fourth one, and go on for twelve days', () => {
    expect(AGES.slice(0, 6).map((age) => Number(age.toFixed(1)))).toEqual([0, 5, 5.9, 7.1, 8.4, 10]);
    expect(LAST_AGE).toBeGreaterThan(12 * 86_400);
  });
});

describe('a check that finds a delivery under way', () => {
  it('teaches the shares of ages that it has lived since the check before', () => {
    expect(stillUnderWay(0, 5)).toEqual({ lived: [{ age: 0, share: 1 }] });
    expect(stillUnderWay(1, 2)).toEqual({ lived: [{ age: 0, share: 0.2 }] });
    expect(stillUnderWay(4, 6).lived.map(({ age }) => age)).toEqual([0, 1, 2]);
  });

  it('teaches nothing where no time has passed, or beyond all ages', () => {
    expect(stillUnderWay(7, 7)).toEqual({ lived: [] });
    expect(stillUnderWay(2 * LAST_AGE, 3 * LAST_AGE)).toEqual({ lived: [] });
  });

  it('teaches together with the others what one check at the end would have', () => {
    fc.assert(
      fc.property(anyChecks, (checks) => {
        const sum = AGES.map(() => 0);
        for (const [i, now] of checks.entries()) {
          for (const { age, share } of stillUnderWay(checks[i - 1] ?? 0, now).lived) {
            sum[age] = (sum[age] ?? 0) + share;
          }
        }

        const once = stillUnderWay(0, checks.at(-1) ?? 0).lived;
        for (const age of AGES.keys()) {
          expect(sum[age]).toBeCloseTo(once.find((part) => part.age === age)?.share ?? 0, 6);
        }
      }),
    );
  });

  it('teaches shares that add up to the time between', () => {
    fc.assert(
      fc.property(anyAgeKnown, anyAgeKnown, (one, other) => {
        const [before, now] = [Math.min(one, other), Math.max(one, other)];

        const { lived } = stillUnderWay(before, now);

        const lengthOf = (age: number) => (AGES[age + 1] ?? 0) - (AGES[age] ?? 0);
        const seconds = lived.reduce((total, { age, share }) => total + share * lengthOf(age), 0);
        expect(seconds).toBeCloseTo(now - before, 4);
      }),
    );
  });
});

describe('a check that finds an end', () => {
  it('teaches at which age it came, and that the delivery has lived until then', () => {
    const { lived, ended } = endedBetween(40, 100, 44);

    expect(ended).toBe(FORTY);
    expect(lived).toEqual([{ age: FORTY, share: 4 / LENGTH }]);
  });

  it('takes an end that is said to be outside for one between the two checks', () => {
    expect(endedBetween(40, 45, 3)).toEqual(endedBetween(40, 45, 40));
    expect(endedBetween(40, 45, 1_000)).toEqual(endedBetween(40, 45, 45));
  });

  it('counts it also at the very moment of the check before', () => {
    const { lived, ended } = endedBetween(40, 100, 40);

    expect(ended).toBe(FORTY);
    expect(lived[0]?.share).toBeGreaterThan(0);
  });

  it('counts one end, at the last age that was lived, between the two checks', () => {
    fc.assert(
      fc.property(anyAgeKnown, anyAgeKnown, anyAgeKnown, (one, other, at) => {
        const [before, now] = [Math.min(one, other), Math.max(one, other)];

        const { lived, ended } = endedBetween(before, now, at);

        expect(lived.at(-1)?.age).toBe(ended);
        expect(AGES[ended ?? 0]).toBeLessThanOrEqual(now + 0.01);
        expect(AGES[(ended ?? 0) + 1]).toBeGreaterThan(before);
      }),
    );
  });

  it('teaches nothing beyond all ages', () => {
    expect(endedBetween(2 * LAST_AGE, 3 * LAST_AGE, 2.5 * LAST_AGE)).toEqual({ lived: [] });
  });
});

describe('forgetting', () => {
  it('begins at 500 lives, whose number stays', () => {
    expect(learn(passing(499)).lived[FORTY]).toBeCloseTo(499);
    expect(learn(passing(800)).lived[FORTY]).toBeCloseTo(500);
  });

  it('leaves less than 40 % of what was known after 500 lives of another kind', () => {
    const before = learn(ending(2_000));

    const after = learn(passing(500), before);

    const left = (after.ended[FORTY] ?? 0) / (before.ended[FORTY] ?? 0);
    expect(left).toBeLessThan(0.4);
    expect(left).toBeGreaterThan(0.3);
  });

  it('never takes more than there is', () => {
    fc.assert(
      fc.property(anyTable, anyAgeKnown, anyAgeKnown, (table, at, now) => {
        const { lived, ended } = learn([endedBetween(0, now, at), stillUnderWay(0, now)], table);

        expect(Math.min(...lived, ...ended)).toBeGreaterThanOrEqual(-2 * LAST_DIGIT);
      }),
    );
  });

  it('changes counts by four digits at most', () => {
    const [first] = changesBy(endedBetween(40, 100, 41 + 1 / 3), learn(ending(700)));

    expect(String(first?.lived)).toMatch(/^-?\d+(\.\d{1,4})?$/);
    expect(String(first?.ended)).toMatch(/^-?\d+(\.\d{1,4})?$/);
  });
});

describe('the chance of an end', () => {
  it('is that of 1 / age in each second where nothing is known, from 3 s on', () => {
    const underWay = AGES.map((_, age) =>
      UNKNOWN.slice(0, age).reduce((left, chance) => left * (1 - chance), 1),
    );

    for (const [i, age] of AGES.entries()) if (i > 0) expect(underWay[i]).toBeCloseTo(3 / age, 9);
  });

  it('is the same for deliveries that began together, seen amid an age, as if all had been seen to the end', () => {
    const hazard = 0.02;
    const lives = Array.from({ length: 400 }, (_, i) => -Math.log((i + 0.5) / 400) / hazard);
    const truth = 1 - Math.exp(-hazard * LENGTH);

    const amid = chancesOf(learn(seenAt(44, lives)))[FORTY] ?? 0;
    const atTheEnd = chancesOf(learn(seenAt(10_000, lives)))[FORTY] ?? 0;

    expect(Math.abs(amid / truth - 1)).toBeLessThan(0.1);
    expect(Math.abs(atTheEnd / truth - 1)).toBeLessThan(0.1);
  });

  it('is hardly above 0 where hundreds passed and none ended', () => {
    expect(chancesOf(learn(passing(400)))[FORTY]).toBeLessThan(0.01);
  });

  it('is a share whatever was learnt, and 1 at the last age', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const chances = chancesOf(table);

        expect(chances).toHaveLength(AGES.length);
        expect(chances.at(-1)).toBe(1);
        for (const chance of chances) expect(chance).toSatisfy((value: number) => value >= 0 && value <= 1);
      }),
    );
  });
});

const anyAgeKnown = fc.oneof(
  fc.constantFrom(...AGES.slice(0, -1)),
  fc.double({ min: 0, max: LAST_AGE - 1, noNaN: true }),
);
const anyChecks = fc
  .uniqueArray(
    fc.oneof(fc.constantFrom(...AGES.slice(1)), fc.double({ min: 0, max: LAST_AGE, noNaN: true })),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((checks) => checks.toSorted((a, b) => a - b));
