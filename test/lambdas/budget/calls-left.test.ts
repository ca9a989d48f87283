import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_BOOKINGS } from '../../../lambdas/check-delivery/budget/bookings.ts';
import { callBudget } from '../../../lambdas/check-delivery/budget/call-budget.ts';
import {
  beginningOf,
  type Capacity,
  capacityOf,
  KORE_LIMITS,
  PARTS_OF_SPAN,
  partOf,
  slotAt,
} from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { callsLeft } from '../../../lambdas/check-delivery/budget/calls-left.ts';
import { budgetInMemory } from '../../../testing/in-memory/budget-in-memory.ts';

const KORE = capacityOf(KORE_LIMITS);
const START = Date.parse('2026-01-01T00:00:00Z');
const PART_SECONDS = 300;

/** A bot whose slots hold little and whose spans hold less, so that hours fill. */
const CAPACITY: Capacity = { callsInSlot: 8, callsInSpan: 60, slotsInPart: 60 };

/** A bot's budget on a clock of its own, with a plain list of the slots whose calls were booked. */
function botWith(capacity: Capacity) {
  const store = budgetInMemory(capacity);
  const clock = { time: START };
  const budget = callBudget(store, capacity, {
    now: () => clock.time,
    random: () => 0,
    sleep: async () => undefined,
  });
  const slots: number[] = [];
  return {
    clock,
    slots,
    async claim() {
      const { granted } = await budget.claim('st-1');
      if (granted) slots.push(slotAt(clock.time));
    },
    async reserve(secondsAhead: number) {
      const wish = clock.time + secondsAhead * 1000;
      const reservation = await budget.reserve('st-1', wish, await budget.read('st-1'));
      if (reservation !== undefined) slots.push(reservation.slot);
    },
    left: async (seconds: number) =>
      callsLeft(seconds, (await budget.read('st-1')).bookings, clock.time, capacity),
  };
}

/** What a plain list of calls says of the span that ends then: how many it leaves beside those before now. */
function leftInSpan(seconds: number, slots: readonly number[], now: number, capacity: Capacity): number {
  const first = partOf(slotAt(now + seconds * 1000), capacity) - PARTS_OF_SPAN + 1;
  const used = slots.filter((slot) => slot < slotAt(now) && partOf(slot, capacity) >= first);
  return capacity.callsInSpan - used.length;
}

interface Step {
  readonly seconds: number;
  readonly claims: number;
  readonly reservations: readonly number[];
}
const anyStep: fc.Arbitrary<Step> = fc.record({
  seconds: fc.constantFrom(0, 3, 5, 29, 150, 300, 1_111),
  claims: fc.integer({ min: 0, max: 9 }),
  reservations: fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 9 }),
});
const anySteps = fc.array(anyStep, { minLength: 1, maxLength: 25 });
const anySeconds = fc.oneof(
  fc.integer({ min: 0, max: 7_200 }),
  fc.integer({ min: 0, max: 24 }).map((parts) => parts * PART_SECONDS),
);

async function botAfter(steps: readonly Step[], capacity = CAPACITY) {
  const bot = botWith(capacity);
  for (const { seconds, claims, reservations } of steps) {
    bot.clock.time += seconds * 1000;
    for (let i = 0; i < claims; i += 1) await bot.claim();
    for (const ahead of reservations) await bot.reserve(ahead);
  }
  return bot;
}

describe('the calls left', () => {
  it('are what the slots hold, for an idle bot and a short time', () => {
    expect(callsLeft(60, NO_BOOKINGS, START, KORE)).toBe(480);
  });

  it('are what a span holds, for an idle bot and a long time', () => {
    expect(callsLeft(3_600, NO_BOOKINGS, START, KORE)).toBe(17_880);
    expect(callsLeft(7_200, NO_BOOKINGS, START, KORE)).toBe(17_880);
  });

  it('are none within no time', () => {
    expect(callsLeft(0, NO_BOOKINGS, START, KORE)).toBe(0);
  });

  it('are none where the hour is used up, until its first part is out of it', async () => {
    const bot = botWith(CAPACITY);
    for (let i = 0; i < 60; i += 1) {
      if (i % 8 === 0) bot.clock.time += 5_000;
      await bot.claim();
    }
    expect(bot.slots).toHaveLength(60);
    bot.clock.time = START + 10 * PART_SECONDS * 1000;

    expect(await bot.left(2 * PART_SECONDS)).toBe(0);
    expect(await bot.left(3 * PART_SECONDS)).toBe(60);
  });

  it('are not fewer for what is booked of them', async () => {
    const bot = botWith(CAPACITY);
    for (let i = 0; i < 30; i += 1) await bot.reserve(20 * i);

    expect(await bot.left(3_600)).toBe(60);
  });

  it('are what the span leaves beside all calls before now, of any parts, whatever is booked ahead', async () => {
    await fc.assert(
      fc.asyncProperty(anySteps, anySeconds, async (steps, seconds) => {
        const bot = await botAfter(steps);

        const left = leftInSpan(seconds, bot.slots, bot.clock.time, CAPACITY);

        expect(await bot.left(seconds)).toBe(Math.min(left, (8 * seconds) / 5));
      }),
      { numRuns: 60 },
    );
  });

  it('are so at the borders of parts too', async () => {
    await fc.assert(
      fc.asyncProperty(anySteps, anySeconds, async (steps, seconds) => {
        const bot = await botAfter(steps);
        bot.clock.time = beginningOf((partOf(slotAt(bot.clock.time), CAPACITY) + 1) * CAPACITY.slotsInPart);

        const left = leftInSpan(seconds, bot.slots, bot.clock.time, CAPACITY);

        expect(await bot.left(seconds)).toBe(Math.min(left, (8 * seconds) / 5));
      }),
      { numRuns: 60 },
    );
  });

  it('are so where calls are booked many hours ahead', async () => {
    const bot = botWith(CAPACITY);
    for (let i = 0; i < 9; i += 1) await bot.claim();
    for (let i = 0; i < 5 * 60; i += 1) await bot.reserve(600);
    bot.clock.time += 60_000;
    expect(Math.max(...bot.slots) - slotAt(bot.clock.time)).toBeGreaterThan(4 * 720);

    for (const seconds of [60, 600, 1_800, 3_600]) {
      expect(await bot.left(seconds)).toBe(leftInSpan(seconds, bot.slots, bot.clock.time, CAPACITY));
    }
  });

  it('are never negative, nor more than the slots hold, whatever the table does', () => {
    const anyCounts = fc
      .array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 1e9 })), { maxLength: 30 })
      .map((counts) => (around: number) => new Map(counts.map(([at, count]) => [around + at, count])));
    fc.assert(
      fc.property(anyCounts, anyCounts, anySeconds, (slots, spans, seconds) => {
        const bookings = {
          ...NO_BOOKINGS,
          slots: slots(slotAt(START)),
          spans: spans(partOf(slotAt(START), KORE)),
        };
        const left = callsLeft(seconds, bookings, START, KORE);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(8 * seconds);
      }),
    );
  });
});
