import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AGES,
  EMPTY_TABLE,
  endedBetween,
  type LifeTable,
  stillUnderWay,
  sumOfGenerations,
  waitWorthACheck,
} from '../../../lambdas/check-delivery/schedule/life-table.ts';

const LAST_AGE = AGES.at(-1) ?? 0;
/** Two sums of the same numbers may differ in their last digits. */
const LESS_ROUNDING = 1 - 1e-9;

interface Life {
  readonly seconds: number;
  /** Or still under way when it was seen last. */
  readonly isEnded: boolean;
}

/** What one check of each of these lives teaches. */
function tableOf(lives: readonly Life[]): LifeTable {
  const reached = AGES.map(() => 0);
  const ends = AGES.map(() => 0);
  for (const { seconds, isEnded } of lives) {
    for (const age of stillUnderWay(0, seconds).reached) reached[age] = (reached[age] ?? 0) + 1;
    const last = AGES.findLastIndex((age) => age <= seconds);
    if (isEnded) ends[last] = (ends[last] ?? 0) + 1;
  }
  return { reached, ended: ends };
}

const ended = (seconds: number) => ({ seconds, isEnded: true });
/** Evenly from `from` to `to`. */
const spread = (count: number, from: number, to: number) =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * (i + 0.5)) / count);

describe('ages', () => {
  it('begin at 0 and 5 s, double with every second one, and go on for more than a week', () => {
    expect(AGES.slice(0, 5).map((age) => Number(age.toFixed(1)))).toEqual([0, 5, 7.1, 10, 14.1]);
    expect(LAST_AGE).toBeGreaterThan(7 * 86_400);
  });
});

describe('where nothing was learnt, the wait', () => {
  it.each([1, 5, 20])('doubles from 100 s to 400 s where a check is worth %d s', (worth) => {
    const growth = waitWorthACheck(400, worth, EMPTY_TABLE) / waitWorthACheck(100, worth, EMPTY_TABLE);

    expect(growth).toBeGreaterThan(1.7);
    expect(growth).toBeLessThan(2.3);
  });

  it.each([1, 5])('is about the root of twice the worth of %d s times the age', (worth) => {
    for (let age = 20; age <= 2000; age += 7) {
      const ratio = waitWorthACheck(age, worth, EMPTY_TABLE) / Math.sqrt(2 * worth * age);
      expect(ratio).toBeGreaterThan(2 / 3);
      expect(ratio).toBeLessThan(4 / 3);
    }
  });
});

describe('the wait that is worth a check', () => {
  it.each([0.001, 0.003, 0.01])(
    'is the root of 2 worth / hazard where %d of a kind end each second',
    (hazard) => {
      const reached = AGES.map((age) => 1e7 * Math.exp(-hazard * age));
      const table = { reached, ended: reached.map((lives, i) => lives - (reached[i + 1] ?? 0)) };

      for (const age of [0, 20, 60, 150]) {
        const ratio = waitWorthACheck(age, 5, table) / Math.sqrt((2 * 5) / hazard);
        expect(ratio).toBeGreaterThan(0.9);
        expect(ratio).toBeLessThan(1.1);
      }
    },
  );

  it('is the one after which the expected lag is the worth, whatever was learnt', () => {
    fc.assert(
      fc.property(anyTable, anyAge, anyWorth, (table, age, worth) => {
        const wait = waitWorthACheck(age, worth, table);

        if (wait === Number.POSITIVE_INFINITY) {
          expect(expectedLag(table, age, LAST_AGE)).toBeLessThan(worth * 1.001);
        } else {
          expect(wait).toBeGreaterThan(0);
          expect(expectedLag(table, age, age + wait) / worth).toBeCloseTo(1, 3);
        }
      }),
    );
  });

  it('never decreases as a check must be worth more', () => {
    fc.assert(
      fc.property(anyTable, anyAge, anyWorth, anyWorth, (table, age, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const shorter = waitWorthACheck(age, less, table);
        expect(waitWorthACheck(age, more, table)).toBeGreaterThanOrEqual(shorter * LESS_ROUNDING);
      }),
    );
  });

  it('has no end where a delivery is older than any age', () => {
    expect(waitWorthACheck(LAST_AGE, 5, EMPTY_TABLE)).toBe(Number.POSITIVE_INFINITY);
  });

  it('reaches to beyond 600 s at once where all are known to end later', () => {
    const table = tableOf(spread(5_000, 650, 900).map(ended));

    expect(60 + waitWorthACheck(60, 5, table)).toBeGreaterThan(600);
  });

  it('passes over most of a time in which a thousand deliveries never ended', () => {
    const table = tableOf(spread(1_000, 600, 900).map(ended));

    expect(waitWorthACheck(60, 5, table)).toBeGreaterThan(10 * waitWorthACheck(60, 5, EMPTY_TABLE));
  });

  it('is short where deliveries are about to end', () => {
    const table = tableOf(spread(1_000, 600, 900).map(ended));

    expect(waitWorthACheck(640, 5, table)).toBeLessThan(60);
  });

  it('is not misled by the quick ones that end first while the others are under way', () => {
    const lives = spread(1_000, 1_200, 2_400);
    const present = lives[100] ?? 0;
    const known = lives.map((seconds) => ({
      seconds: Math.min(seconds, present),
      isEnded: seconds < present,
    }));

    for (const age of [60, 300, 900]) {
      const wait = waitWorthACheck(age, 5, tableOf(known));
      expect(wait).toBeGreaterThanOrEqual(0.9 * waitWorthACheck(age, 5, tableOf(lives.map(ended))));
    }
    // What the quick ones say by themselves, to see that there was something to be misled by.
    const quick = tableOf(known.filter(({ isEnded }) => isEnded));
    expect(waitWorthACheck(60, 5, quick)).toBeLessThan(0.9 * waitWorthACheck(60, 5, tableOf(known)));
  });
});

describe('a check', () => {
  it('that finds a delivery under way teaches which ages it came to since the check before', () => {
    expect(stillUnderWay(0, 7.5)).toEqual({ reached: [0, 1, 2] });
    expect(stillUnderWay(7.5, 10)).toEqual({ reached: [3] });
    expect(stillUnderWay(10, 14)).toEqual({ reached: [] });
  });

  it('that finds an end teaches that it was at any moment since the check before', () => {
    expect(endedBetween(7.5, 21, 0)).toEqual({ reached: [], ended: 2 });
    expect(endedBetween(7.5, 21, 0.5)).toEqual({ reached: [3, 4], ended: 4 });
    expect(endedBetween(0, 4, 0.99)).toEqual({ reached: [0], ended: 0 });
  });

  it('counts no age twice and none too few, however many checks there are', () => {
    fc.assert(
      fc.property(anyChecks, (checks) => {
        const last = checks.at(-1) ?? 0;

        const reached = checks.flatMap((now, i) => stillUnderWay(checks[i - 1] ?? 0, now).reached);

        expect(reached).toEqual(stillUnderWay(0, last).reached);
      }),
    );
  });

  it('counts an end once, at the last age that the delivery came to, however many checks there are', () => {
    fc.assert(
      fc.property(
        anyChecks,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (checks, random) => {
          const last = checks.at(-1) ?? 0;
          const before = checks.at(-2) ?? 0;

          const under = checks
            .slice(0, -1)
            .flatMap((now, i) => stillUnderWay(checks[i - 1] ?? 0, now).reached);
          const end = endedBetween(before, last, random);
          const reached = [...under, ...end.reached];

          expect(reached).toEqual([...AGES.keys()].slice(0, (end.ended ?? 0) + 1));
          expect(AGES[end.ended ?? 0]).toBeLessThanOrEqual(last);
          expect(AGES[(end.ended ?? 0) + 1] ?? Number.POSITIVE_INFINITY).toBeGreaterThan(before);
        },
      ),
    );
  });
});

describe('generations', () => {
  const counts = (...byGeneration: [generation: number, counts: number[]][]) => new Map(byGeneration);

  it('begin with the first, of which nothing is known', () => {
    const { lives, generation } = sumOfGenerations(new Map(), new Map());

    expect(generation).toBe(0);
    expect(lives).toEqual({ reached: AGES.map(() => 0), ended: AGES.map(() => 0) });
  });

  it('learn until they have seen 500 ends', () => {
    const reached = counts([3, [700]]);

    expect(sumOfGenerations(reached, counts([3, [250, 249]])).generation).toBe(3);
    expect(sumOfGenerations(reached, counts([3, [250, 250]])).generation).toBe(4);
  });

  it('count two by two', () => {
    const reached = counts([3, [700, 500]], [4, [30, 20, 10]]);
    const { lives } = sumOfGenerations(reached, counts([3, [200, 400]], [4, [10, 10]]));

    expect(lives.reached.slice(0, 4)).toEqual([730, 520, 10, 0]);
    expect(lives.ended.slice(0, 4)).toEqual([210, 410, 0, 0]);
  });

  it('are still known when the next begins', () => {
    const { lives } = sumOfGenerations(counts([3, [700]]), counts([3, [500]]));

    expect([lives.reached[0], lives.ended[0]]).toEqual([700, 500]);
  });

  it('are forgotten when the next but one begins', () => {
    const reached = counts([2, [9_000]], [3, [700]], [4, [600]]);
    const { lives, generation } = sumOfGenerations(reached, counts([2, [8_000]], [3, [500]], [4, [500]]));

    expect(generation).toBe(5);
    expect([lives.reached[0], lives.ended[0]]).toEqual([600, 500]);
  });

  it('may have gaps in what they counted', () => {
    const gaps: number[] = [];
    gaps[2] = 500;
    const { lives, generation } = sumOfGenerations(counts([0, gaps]), counts([0, gaps]));

    expect(generation).toBe(1);
    expect(lives.ended.slice(0, 4)).toEqual([0, 0, 500, 0]);
  });
});

const anyAge = fc.oneof(
  fc.double({ min: 0, max: 5_000, noNaN: true }),
  fc.constantFrom(...AGES.slice(0, -1)),
  fc.double({ min: 0, max: LAST_AGE, noNaN: true }),
);
const anyWorth = fc.double({ min: 0.1, max: 600, noNaN: true });
/** More may have ended than reached an age, where what was learnt came from checks that were lost. */
const anyTable: fc.Arbitrary<LifeTable> = fc.oneof(
  fc.record({
    reached: fc.array(fc.nat({ max: 2_000 }), { maxLength: AGES.length }),
    ended: fc.array(fc.nat({ max: 1_000 }), { maxLength: AGES.length }),
  }),
  fc
    .array(fc.record({ seconds: fc.double({ min: 0, max: 20_000, noNaN: true }), isEnded: fc.boolean() }))
    .map(tableOf),
);
const anyChecks = fc
  .uniqueArray(
    fc.oneof(
      fc.constantFrom(...AGES.slice(1)),
      fc.double({ min: 0, minExcluded: true, max: 2 * LAST_AGE, noNaN: true }),
    ),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((checks) => checks.toSorted((a, b) => a - b));

/**
 * Seconds that a check at `to` is expected to come late for a delivery that was under way at `from`: the share that has
 * ended, summed over all moments between. Sums the survival curve of the table by trapezoids.
 */
function expectedLag(table: LifeTable, from: number, to: number): number {
  const curve = survivalOf(table);
  const moments = [from, ...AGES.filter((age) => age > from && age < to), to];
  const atStart = survivalAt(from, curve);
  let lag = 0;
  for (const [i, end] of moments.entries()) {
    const begin = moments[i - 1];
    if (begin === undefined) continue;
    const underWay = (survivalAt(begin, curve) + survivalAt(end, curve)) / 2 / atStart;
    lag += (end - begin) * (1 - underWay);
  }
  return lag;
}

/** The share that is under way at each age. Of ten deliveries of unknown kind, 1 - 3/t end by t. */
function survivalOf({ reached, ended }: LifeTable): number[] {
  const curve = [1];
  for (const [i, age] of AGES.slice(0, -1).entries()) {
    const next = AGES[i + 1] ?? 0;
    const unknownEnds = 10 * (age < 3 ? (next - 3) / next : (next - age) / next);
    const ends = ended[i] ?? 0;
    const lives = Math.max(reached[i] ?? 0, ends);
    curve.push((curve[i] ?? 0) * (1 - (ends + unknownEnds) / (lives + 10)));
  }
  return curve;
}

function survivalAt(age: number, curve: readonly number[]): number {
  const next = Math.max(
    1,
    AGES.findIndex((end) => end >= age),
  );
  const [begin, end] = [AGES[next - 1] ?? 0, AGES[next] ?? 0];
  const [atBegin, atEnd] = [curve[next - 1] ?? 0, curve[next] ?? 0];
  return atBegin + ((atEnd - atBegin) * (age - begin)) / (end - begin);
}
