import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BudgetState } from '../../../lambdas/check-delivery/budget/budget-state.ts';
import { type BudgetStore, callBudget } from '../../../lambdas/check-delivery/budget/call-budget.ts';
import { type Capacity, slotAt } from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { startsIn, stretchOf } from '../../../lambdas/check-delivery/budget/starts.ts';
import { AGES, type Lesson } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { budgetTable, newBot, storesOf } from './budget-simulation.ts';
import { EMPTY_STATE } from './empty-state.ts';

const table = budgetTable();
const CAPACITY: Capacity = { callsInSlot: 4, callsInSpan: 30, slotsInPart: 60 };
const START = Date.parse('2026-01-01T00:00:00Z');
const MINUTE = 60_000;

const began = (startedAt: number): Lesson => ({ lived: [], startedAt });
const lived = (age: number, share: number): Lesson => ({ lived: [{ age, share }] });
const ended = (age: number, share: number): Lesson => ({ ...lived(age, share), ended: age });

/** What was learnt, by age: how many lived through it, how many ended. */
function livesIn({ lives }: BudgetState) {
  const present = AGES.map((_, age) => [age, lives.lived[age] ?? 0, lives.ended[age] ?? 0]);
  return present.filter(([, lived, ended]) => lived !== 0 || ended !== 0);
}

/** Lessons one after the other, each with the state as it is then. */
async function teach(store: BudgetStore, bot: string, lessons: readonly Lesson[], now = START) {
  for (const lesson of lessons) await store.learn(bot, lesson, await store.read(bot, now), now);
  return store.read(bot, now);
}

describe.each(storesOf(table))('a start in $place', ({ budgetStore }) => {
  it('is counted once in a fine and once in a coarse stretch', async () => {
    const { starts } = await teach(budgetStore(CAPACITY), newBot(), [began(START)]);

    expect([...starts.fine]).toEqual([[stretchOf(START, 30), 1]]);
    expect([...starts.coarse]).toEqual([[stretchOf(START, 600), 1]]);
  });

  it('is counted beside others of its stretches', async () => {
    const { starts } = await teach(
      budgetStore(CAPACITY),
      newBot(),
      [0, 29_999, 30_000].map((ms) => began(START + ms)),
    );

    const fine = stretchOf(START, 30);
    expect([...starts.fine].toSorted()).toEqual([
      [fine, 2],
      [fine + 1, 1],
    ]);
    expect([...starts.coarse]).toEqual([[stretchOf(START, 600), 3]]);
  });

  it('is counted along with the reservation of its first check', async () => {
    const [store, bot] = [budgetStore(CAPACITY), newBot()];
    const world = { now: () => START, random: () => 0, sleep: async () => undefined };
    const budget = callBudget(store, CAPACITY, world);

    const reservation = await budget.reserve(bot, START + MINUTE, await budget.read(bot), began(START));

    expect(reservation).toEqual({ slot: slotAt(START + MINUTE), number: 1 });
    expect(startsIn((await store.read(bot, START)).starts, START)).toMatchObject([{ count: 1 }]);
  });

  it('that is told of late, beside others of its time, is counted too', async () => {
    const [store, bot, later] = [budgetStore(CAPACITY), newBot(), START + 30 * MINUTE];
    await teach(store, bot, [began(START)]);

    const { starts } = await teach(store, bot, [began(START)], later);

    expect(startsIn(starts, later)).toEqual([{ from: 1_800, until: 1_200, count: 2 }]);
  });

  it('is one of each moment, however far apart they are', async () => {
    const [store, bot] = [budgetStore(CAPACITY), newBot()];
    let state = EMPTY_STATE;
    for (let minute = 0; minute <= 230; minute += 10) {
      state = await teach(store, bot, [began(START + minute * MINUTE)], START + minute * MINUTE);
    }

    const starts = startsIn(state.starts, START + 230 * MINUTE);

    expect(starts.reduce((sum, { count }) => sum + count, 0)).toBe(24);
  });
});

describe.each(storesOf(table))('a lesson in $place', ({ budgetStore }) => {
  it('adds its shares to what is known of an age', async () => {
    const state = await teach(budgetStore(CAPACITY), newBot(), [
      lived(3, 0.25),
      ended(3, 0.5),
      lived(4, 0.1),
      lived(3, 0.0125),
    ]);

    expect(livesIn(state)).toEqual([
      [3, expect.closeTo(0.7625, 9), 1],
      [4, expect.closeTo(0.1, 9), 0],
    ]);
  });

  it('is taken along with a reservation', async () => {
    const [store, bot] = [budgetStore(CAPACITY), newBot()];
    const world = { now: () => START, random: () => 0, sleep: async () => undefined };
    const budget = callBudget(store, CAPACITY, world);

    await budget.reserve(bot, START + MINUTE, await budget.read(bot), ended(2, 0.5));

    expect(livesIn(await budget.read(bot))).toEqual([[2, 0.5, 1]]);
  });

  it('of nothing changes nothing', async () => {
    const state = await teach(budgetStore(CAPACITY), newBot(), [lived(3, 0.25), { lived: [] }]);

    expect(livesIn(state)).toEqual([[3, 0.25, 0]]);
    expect(startsIn(state.starts, START)).toEqual([]);
  });

  it('makes an age that 500 lives are known of forget as many as it learns', async () => {
    const [store, bot] = [budgetStore(CAPACITY), newBot()];
    await store.learn(bot, { lived: [{ age: 0, share: 500 }] }, EMPTY_STATE, START);

    const knowing = await teach(store, bot, [...Array(5).fill(ended(0, 1)), lived(0, 1)]);

    const [[, lives = 0, ends = 0] = []] = livesIn(knowing);
    expect(lives).toBe(500);
    expect(ends).toBeGreaterThan(4.9);
    expect(ends).toBeLessThan(5);
  });

  it('never leaves a count that is read as negative, though hundreds learn from one state', async () => {
    const [store, bot] = [budgetStore(CAPACITY), newBot()];
    await store.learn(bot, { lived: [{ age: 0, share: 5_000 }], ended: 0 }, EMPTY_STATE, START);
    const stale = await store.read(bot, START);

    for (let i = 0; i < 60; i += 1) await store.learn(bot, lived(0, 10), stale, START);

    const { lives } = await store.read(bot, START);
    expect(lives.lived[0]).toBeGreaterThanOrEqual(0);
    expect(lives.ended[0]).toBeGreaterThanOrEqual(0);
  });

  it('leaves no negative count, however stale the states it learns from', async () => {
    const anyLesson = fc.record({
      share: fc.constantFrom(0.0001, 0.3, 1),
      ends: fc.boolean(),
      isStale: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyLesson, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(0, 499.5, 500, 501, 5_000),
        async (lessons, known) => {
          const [store, bot] = [budgetStore(CAPACITY), newBot()];
          if (known > 0) await store.learn(bot, ended(0, known), EMPTY_STATE, START);
          const stale = await store.read(bot, START);

          for (const { share, ends, isStale } of lessons) {
            const lesson = ends ? ended(0, share) : lived(0, share);
            await store.learn(bot, lesson, isStale ? stale : await store.read(bot, START), START);
          }

          const { lives } = await store.read(bot, START);
          expect(Math.min(lives.lived[0] ?? 0, lives.ended[0] ?? 0)).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 10, endOnFailure: true },
    );
  });
});
