import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { QUOTA_KEY } from '../../../contract/table-names.ts';
import type { Reservation } from '../../../lambdas/check-delivery/budget/bookings.ts';
import {
  type BudgetStore,
  callBudget,
  wakingTime,
} from '../../../lambdas/check-delivery/budget/call-budget.ts';
import {
  type Capacity,
  capacityOf,
  KORE_LIMITS,
  partOf,
  slotAt,
  spansWith,
} from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { startsIn, stretchOf } from '../../../lambdas/check-delivery/budget/starts.ts';
import {
  AGES,
  chancesOf,
  type Lesson,
  UNKNOWN,
} from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { budgetTable, newBot, randomFrom } from './budget-simulation.ts';
import { EMPTY_STATE } from './empty-state.ts';

const table = budgetTable();
const CAPACITY: Capacity = { callsInSlot: 4, callsInSpan: 30, slotsInPart: 60 };
const START = Date.parse('2026-01-01T00:00:00Z');
const SLOT = slotAt(START);
const COARSE = stretchOf(START, 600);
const LIVED: Lesson = { lived: [{ age: 3, share: 1 }] };

/** All attributes that DynamoDB holds for a bot. */
async function itemOf(bot: string): Promise<Record<string, unknown>> {
  const request = { TableName: table.name, Key: { [QUOTA_KEY]: bot }, ConsistentRead: true };
  const { Item = {} } = await table.server().client.send(new GetCommand(request));
  return Item;
}

/** A bot whose item has these attributes. */
async function botWith(attributes: Record<string, unknown>): Promise<string> {
  const bot = newBot();
  const Item = { [QUOTA_KEY]: bot, ...attributes };
  await table.server().client.send(new PutCommand({ TableName: table.name, Item }));
  return bot;
}

function budgetOn(store: BudgetStore, capacity = CAPACITY) {
  const clock = { time: START };
  const world = { now: () => clock.time, random: randomFrom(1), sleep: async () => undefined };
  return { clock, budget: callBudget(store, capacity, world) };
}

/** Changes a bot's item once. */
async function change(bot: string, lesson: Lesson = LIVED, now = START): Promise<void> {
  const store = table.budgetStore(CAPACITY);
  await store.learn(bot, lesson, await store.read(bot, now), now);
}

const countsOf = (kind: string, numbers: readonly number[]) =>
  Object.fromEntries(numbers.map((number) => [`${kind}${number}`, 3]));
const countTo = (length: number) => Array.from({ length }, (_, i) => i);

describe('the item in DynamoDB', () => {
  it('stays small over hours', async () => {
    const { budget, clock } = budgetOn(table.budgetStore(capacityOf(KORE_LIMITS)), capacityOf(KORE_LIMITS));
    const bot = newBot();
    let reservation: Reservation | undefined;
    for (let check = 0; check < 120; check += 1) {
      const age = check % (AGES.length - 1);
      const { state } = await budget.claim(bot, reservation);
      const wish = clock.time + 150_000;
      const lesson = { lived: [{ age, share: 0.1234 }], ended: age, startedAt: clock.time };
      reservation = await budget.reserve(bot, wish, state, lesson);
      if (reservation !== undefined) clock.time = wakingTime(reservation, wish);
    }

    const item = await itemOf(bot);
    expect(clock.time).toBeGreaterThan(START + 4.9 * 3_600_000);
    expect(Object.keys(item).length).toBeLessThan(300);
    expect(JSON.stringify(item).length).toBeLessThan(6 * 1024);
  });

  it('loses slots and spans that have had their day', async () => {
    const part = partOf(SLOT, CAPACITY);
    const bot = await botWith({
      ...countsOf('s', [SLOT - 61, SLOT - 60]),
      ...countsOf('b', [SLOT - 5, SLOT - 4]),
      ...countsOf('r', [part - 14, part - 13]),
      [`u${SLOT - 5}`]: new Set([1, 2]),
      [`u${SLOT - 4}`]: new Set([1, 2]),
    });

    await change(bot);

    expect(Object.keys(await itemOf(bot)).toSorted()).toEqual(
      ['bot', 'expiresAt', 'l3', `s${SLOT - 60}`, `b${SLOT - 4}`, `r${part - 13}`, `u${SLOT - 4}`].toSorted(),
    );
  });

  it('loses fine starts after one to two coarse stretches, and coarse ones after four hours', async () => {
    const bot = await botWith({
      ...countsOf('f', [(COARSE - 1) * 20 - 1, (COARSE - 1) * 20]),
      ...countsOf('c', [COARSE - 25, COARSE - 24]),
    });

    await change(bot);

    expect(Object.keys(await itemOf(bot)).toSorted()).toEqual(
      ['bot', 'expiresAt', 'l3', `f${(COARSE - 1) * 20}`, `c${COARSE - 24}`].toSorted(),
    );
  });

  it('keeps what is of no age', async () => {
    const bot = await botWith({ l0: 12.5, e0: 3, l71: 0.0001 });

    await change(bot, LIVED, START + 50 * 86_400_000);

    expect(await itemOf(bot)).toMatchObject({ l0: 12.5, e0: 3, l3: 1, l71: 0.0001 });
  });

  it('loses at most a hundred attributes with a change, and all in time', async () => {
    const isOld = (name: string) => name.startsWith('s');
    const bot = await botWith(
      countsOf(
        's',
        countTo(150).map((i) => SLOT - 61 - i),
      ),
    );

    await change(bot);
    expect(Object.keys(await itemOf(bot)).filter(isOld)).toHaveLength(50);

    await change(bot);
    expect(Object.keys(await itemOf(bot)).filter(isOld)).toEqual([]);
  });

  it('is read without what is no number', async () => {
    const bot = await botWith({ l3: 'x', e4: true, [`s${SLOT}`]: 'many', l5: 2 });

    const { bookings, lives } = await table.budgetStore(CAPACITY).read(bot, START);

    expect(bookings.slots).toEqual(new Map());
    expect(Object.entries(lives.lived)).toEqual([['5', 2]]);
    expect(lives.ended).toEqual([]);
  });

  it('expires long after the last change, so that what was learnt outlasts a quiet month', async () => {
    const bot = newBot();

    await change(bot);

    expect(await itemOf(bot)).toHaveProperty('expiresAt', START / 1000 + 60 * 86_400);
  });

  it("takes all of a long absence's lessons and removals in one expression", async () => {
    const [bot, store] = [newBot(), table.budgetStore(CAPACITY)];
    const outdated = countTo(100).map((i) => `s${SLOT - 100 - i}`);
    const ages = countTo(AGES.length - 1);
    const knowing = { ...EMPTY_STATE.lives, lived: ages.map(() => 600), ended: ages.map(() => 60) };

    const booked = await store.book(bot, {
      slot: SLOT,
      open: 4,
      isReservation: true,
      state: { ...EMPTY_STATE, lives: knowing, outdated },
      lesson: { lived: ages.map((age) => ({ age, share: 1 })), ended: 71, startedAt: START },
      now: START,
    });

    expect(booked).not.toBe('full');
    expect(await itemOf(bot)).toMatchObject({ l0: -0.2, e0: -0.12, l71: -0.2, e71: 0.88 });
  });
});

describe('an item of 0.1.0', () => {
  const part = partOf(SLOT, CAPACITY);
  /** As 0.1.0 left it: two reservations of the present slot, one of them spent, and what it learnt in two generations. */
  const asLeft = () =>
    botWith({
      [`s${SLOT}`]: 2,
      [`b${SLOT}`]: 2,
      [`u${SLOT}`]: new Set([2]),
      ...countsOf('r', spansWith(SLOT, CAPACITY)),
      ...Object.fromEntries(
        countTo(37).flatMap((age) => ['a0', 'e0', 'a1', 'e1'].map((g) => [`${g}_${age}`, 40])),
      ),
      expiresAt: START / 1000 + 86_400,
    });

  it('lets those call whose reservations are in flight, and no one twice', async () => {
    const bot = await asLeft();
    const { budget } = budgetOn(table.budgetStore(CAPACITY));

    expect(await budget.claim(bot, { slot: SLOT, number: 1 })).toMatchObject({ granted: true });
    expect(await table.budgetStore(CAPACITY).spend(bot, { slot: SLOT, number: 2 }, START)).toBe('spent');
    expect(await itemOf(bot)).toMatchObject({ [`s${SLOT}`]: 2, [`r${part}`]: 3 });
  });

  it('counts its calls among those of today', async () => {
    const bot = await asLeft();
    const { budget } = budgetOn(table.budgetStore(CAPACITY));

    const { state } = await budget.claim(bot);

    expect(state.bookings.slots.get(SLOT)).toBe(3);
    expect(spansWith(SLOT, CAPACITY).map((span) => state.bookings.spans.get(span))).toEqual(
      Array(13).fill(4),
    );
  });

  it('tells nothing of how long deliveries take, nor of starts', async () => {
    const state = await table.budgetStore(CAPACITY).read(await asLeft(), START);

    expect(chancesOf(state.lives)).toEqual(UNKNOWN);
    expect(startsIn(state.starts, START)).toEqual([]);
  });

  it('loses what 0.1.0 learnt with the next changes', async () => {
    const bot = await asLeft();
    const learnt = async () => Object.keys(await itemOf(bot)).filter((name) => name.includes('_'));

    expect(await learnt()).toHaveLength(148);
    await change(bot);
    expect(await learnt()).toHaveLength(48);
    await change(bot);
    expect(await learnt()).toEqual([]);
    expect(await itemOf(bot)).toMatchObject({ l3: 2, [`b${SLOT}`]: 2 });
  });
});
