import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { QUOTA_KEY } from '../../../contract/table-names.ts';
import type { BudgetState } from '../../../lambdas/check-delivery/budget/budget-state.ts';
import { budgetIn } from '../../../lambdas/check-delivery/budget/budget-table.ts';
import { type BudgetStore, callBudget } from '../../../lambdas/check-delivery/budget/call-budget.ts';
import {
  type Capacity,
  capacityOf,
  KORE_LIMITS,
  partOf,
  slotAt,
  spansWith,
} from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { startsIn } from '../../../lambdas/check-delivery/budget/starts.ts';
import { AGES, type Lesson } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { LOCAL_REGION } from '../../../local/aws/template.ts';
import { budgetInMemory } from '../../../testing/in-memory/budget-in-memory.ts';
import { budgetTable, newBot, randomFrom, storesOf } from './budget-simulation.ts';
import { EMPTY_STATE } from './empty-state.ts';

const table = budgetTable();

const CAPACITY: Capacity = { callsInSlot: 4, callsInSpan: 30, slotsInPart: 60 };
const START = Date.parse('2026-01-01T00:00:00Z');
const SLOT = slotAt(START);
const LESSON: Lesson = {
  lived: [
    { age: 0, share: 1 },
    { age: 1, share: 1 },
    { age: 2, share: 0.5 },
  ],
  ended: 2,
};

/** Takes a call of a slot by what the state says, or by what it said once. */
async function take(store: BudgetStore, bot: string, slot: number, { open = 4, state = EMPTY_STATE } = {}) {
  return store.book(bot, { slot, open, isReservation: true, state, now: START });
}

/** What was learnt, by age: how many lived through it, how many ended. */
function livesIn({ lives }: BudgetState) {
  const present = AGES.map((_, age) => [age, lives.lived[age] ?? 0, lives.ended[age] ?? 0]);
  return present.filter(([, lived, ended]) => lived !== 0 || ended !== 0);
}

describe.each(storesOf(table))('a state in $place', ({ budgetStore }) => {
  it('is empty where nothing is known of the bot', async () => {
    const state = await budgetStore(CAPACITY).read(newBot(), START);

    const { bookings, starts, outdated } = state;
    expect([...bookings.slots, ...bookings.reserved, ...bookings.spans]).toEqual([]);
    expect([...livesIn(state), ...starts.fine, ...starts.coarse, ...outdated]).toEqual([]);
  });

  it('counts a call in its slot and in every span that holds it', async () => {
    const [store, bot] = [budgetStore(CAPACITY), newBot()];

    await take(store, bot, SLOT + 6);
    await take(store, bot, SLOT + 6);
    await take(store, bot, SLOT + 66);

    const { slots, spans } = (await store.read(bot, START)).bookings;
    const part = partOf(SLOT, CAPACITY);
    expect([...slots].toSorted()).toEqual([
      [SLOT + 6, 2],
      [SLOT + 66, 1],
    ]);
    expect(spans.size).toBe(14);
    expect([part - 12, part - 11, part, part + 1].map((span) => spans.get(span))).toEqual([2, 3, 3, 1]);
  });

  it('gives no more calls of a slot than are open, whatever its taker knows', async () => {
    const [store, bot] = [budgetStore(CAPACITY), newBot()];

    const taken = await Promise.all(Array.from({ length: 10 }, () => take(store, bot, SLOT, { open: 3 })));

    expect(taken.filter((answer) => answer !== 'full')).toHaveLength(3);
    expect((await store.read(bot, START)).bookings.slots.get(SLOT)).toBe(3);
  });

  it('gives no more calls of a span than it may hold, whatever its taker knows', async () => {
    const capacity = { ...CAPACITY, callsInSpan: 5 };
    const [store, bot] = [budgetStore(capacity), newBot()];
    const slots = Array.from({ length: 8 }, (_, i) => SLOT + i * 60);

    const taken = await Promise.all(slots.map((slot) => take(store, bot, slot)));

    expect(taken.filter((answer) => answer !== 'full')).toHaveLength(5);
    const { spans } = (await store.read(bot, START)).bookings;
    expect(Math.max(...spans.values())).toBe(5);
  });

  it('gives a call that is refused by one span of thirteen to nobody', async () => {
    const capacity = { ...CAPACITY, callsInSpan: 3 };
    const [store, bot] = [budgetStore(capacity), newBot()];
    const lastOfSpan = SLOT + 12 * 60;
    for (let i = 0; i < 3; i += 1) await take(store, bot, SLOT);

    expect(await take(store, bot, lastOfSpan)).toBe('full');
    expect(await take(store, bot, lastOfSpan + 60)).not.toBe('full');
  });

  it('says "spent" of a reservation that is', async () => {
    const [store, bot, reservation] = [budgetStore(CAPACITY), newBot(), { slot: SLOT, number: 2 }];
    for (let i = 0; i < 2; i += 1) await take(store, bot, SLOT);

    const answers = await Promise.all([1, 2, 3].map(() => store.spend(bot, reservation, START)));

    expect(answers.filter((answer) => answer === 'spent')).toHaveLength(2);
    expect(await store.spend(bot, reservation, START + 20_000)).toBe('spent');
  });

  it('tells reservations by slot and number, and bots apart', async () => {
    const [store, bot, other] = [budgetStore(CAPACITY), newBot(), newBot()];
    for (const slot of [SLOT, SLOT, SLOT + 1, SLOT + 1]) await take(store, bot, slot);
    for (const slot of [SLOT, SLOT]) await take(store, other, slot);
    await store.spend(bot, { slot: SLOT, number: 2 }, START);

    expect(await store.spend(bot, { slot: SLOT, number: 1 }, START)).not.toBe('spent');
    expect(await store.spend(bot, { slot: SLOT + 1, number: 2 }, START)).not.toBe('spent');
    expect(await store.spend(other, { slot: SLOT, number: 2 }, START)).not.toBe('spent');
  });

  it('says "spent" of a reservation that was never made', async () => {
    const [store, bot] = [budgetStore(CAPACITY), newBot()];
    await take(store, bot, SLOT);
    // A call that is claimed is made: nobody comes for it later.
    await store.book(bot, { slot: SLOT, open: 4, isReservation: false, state: EMPTY_STATE, now: START });

    expect(await store.spend(bot, { slot: SLOT, number: 2 }, START)).toBe('spent');
    expect(await store.spend(bot, { slot: SLOT + 1, number: 1 }, START)).toBe('spent');
    expect(await store.spend(newBot(), { slot: SLOT, number: 1 }, START)).toBe('spent');
    expect(await store.spend(bot, { slot: SLOT, number: 1 }, START)).not.toBe('spent');
  });

  it('forgets no spent reservation as long as somebody may come with it', async () => {
    const [store, bot, reservation] = [budgetStore(CAPACITY), newBot(), { slot: SLOT, number: 1 }];
    const { budget } = budgetOn(store);
    await take(store, bot, SLOT);
    await store.spend(bot, reservation, START);

    for (const later of [9_000, 9_000, 9_000]) {
      await budget.reserve(bot, START + later, await store.read(bot, START + later));
    }

    expect(await store.spend(bot, reservation, START + 9_000)).toBe('spent');
  });

  it('learns nothing from a lesson whose reservation was refused', async () => {
    const [store, bot] = [budgetStore(CAPACITY), newBot()];

    await take(store, bot, SLOT, { open: 1 });

    await store.book(bot, {
      slot: SLOT,
      open: 1,
      isReservation: false,
      state: EMPTY_STATE,
      lesson: LESSON,
      now: START,
    });

    expect(livesIn(await store.read(bot, START))).toEqual([]);
  });
});

/** A budget on a clock that stands still but when the test moves it. */
function budgetOn(store: BudgetStore, capacity = CAPACITY, seed = 1) {
  const clock = { time: START };
  const world = { now: () => clock.time, random: randomFrom(seed), sleep: async () => undefined };
  return { clock, budget: callBudget(store, capacity, world) };
}

describe('a state in memory', () => {
  type Step = { readonly seconds: number } & (
    | {
        readonly kind: 'book';
        readonly ahead: number;
        readonly open: number;
        readonly isReservation: boolean;
      }
    | { readonly kind: 'spend'; readonly ahead: number; readonly number: number }
    | { readonly kind: 'learn'; readonly lesson: Lesson & { readonly begins: boolean } }
  );
  const seconds = fc.constantFrom(0, 1, 7, 40, 700);
  const ahead = fc.constantFrom(0, 1, 2, 30, 61);
  const anyLesson = fc
    .record({
      lived: fc.uniqueArray(fc.record({ age: fc.nat({ max: 71 }), share: fc.constantFrom(0.01, 0.25, 1) }), {
        selector: ({ age }) => age,
        minLength: 1,
        maxLength: 3,
      }),
      ends: fc.boolean(),
      begins: fc.boolean(),
    })
    .map(({ lived, ends, begins }) => ({ lived, ...(ends && { ended: lived.at(-1)?.age ?? 0 }), begins }));
  const anyStep: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      kind: fc.constant('book' as const),
      seconds,
      ahead,
      open: fc.integer({ min: 1, max: 3 }),
      isReservation: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('spend' as const),
      seconds,
      ahead,
      number: fc.integer({ min: 1, max: 2 }),
    }),
    fc.record({
      kind: fc.constant('learn' as const),
      seconds,
      lesson: anyLesson,
    }),
  );

  /** What a store answers, as far as it bears on later calls. */
  async function does(store: BudgetStore, bot: string, step: Step, now: number): Promise<unknown> {
    const state = await store.read(bot, now);
    if (step.kind === 'learn') {
      const { begins, ...lesson } = step.lesson;
      await store.learn(bot, { ...lesson, ...(begins && { startedAt: now }) }, state, now);
    } else {
      const slot = slotAt(now) + step.ahead;
      const { kind } = step;
      const answer =
        kind === 'book'
          ? await store.book(bot, { slot, open: step.open, isReservation: step.isReservation, state, now })
          : await store.spend(bot, { slot, number: step.number }, now);
      if (typeof answer === 'string') return answer;
    }
    const after = await store.read(bot, now);
    const { slots, reserved, spans } = after.bookings;
    const isRecent = ([slot]: [number, number]) => slot >= slotAt(now) - 60;
    return {
      slots: [...slots].filter(isRecent).toSorted(),
      reserved: [...reserved].filter(([slot]) => slot >= slotAt(now) - 3).toSorted(),
      spans: spansWith(slotAt(now), CAPACITY).map((span) => spans.get(span) ?? 0),
      lives: livesIn(after),
      starts: startsIn(after.starts, now).toSorted((a, b) => a.from - b.from),
    };
  }

  it('says what the one in DynamoDB says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 15 }), async (steps) => {
        const capacity = { ...CAPACITY, callsInSpan: 6 };
        const [inMemory, inDynamoDb, bot] = [budgetInMemory(capacity), table.budgetStore(capacity), newBot()];
        let now = START;
        for (const step of steps) {
          now += step.seconds * 1000;
          expect(await does(inMemory, bot, step, now)).toEqual(await does(inDynamoDb, bot, step, now));
        }
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});

describe('the requests to DynamoDB', () => {
  /** Counts the requests of one bot's Lambda by their operation. */
  function counted(store: BudgetStore) {
    const requests: string[] = [];
    const note =
      <A extends unknown[], R>(operation: string, request: (...args: A) => Promise<R>) =>
      (...args: A) => {
        requests.push(operation);
        return request(...args);
      };
    const noting: BudgetStore = {
      read: note('read', store.read),
      book: note('book', store.book),
      spend: note('spend', store.spend),
      learn: note('learn', store.learn),
    };
    return { requests, store: noting };
  }

  function heard() {
    const operations: string[] = [];
    table.server().onRequest((operation) => operations.push(operation));
    return operations;
  }

  it('are three for a check without a reservation that calls at once and then reserves', async () => {
    const { budget } = budgetOn(table.budgetStore(CAPACITY));
    const bot = newBot();
    const operations = heard();

    const { state } = await budget.claim(bot);
    await budget.reserve(bot, START + 30_000, state, LESSON);

    expect(operations).toEqual(['GetItem', 'UpdateItem', 'UpdateItem']);
  });

  it('are two for a check with a reservation', async () => {
    const { budget, clock } = budgetOn(table.budgetStore(CAPACITY));
    const bot = newBot();
    const first = await budget.claim(bot);
    const reservation = await budget.reserve(bot, START + 30_000, first.state);
    clock.time = START + 30_000;
    const operations = heard();

    const { state } = await budget.claim(bot, reservation);
    await budget.reserve(bot, START + 60_000, state, LESSON);

    expect(operations).toEqual(['UpdateItem', 'UpdateItem']);
  });

  it('are two for a plan of a first check', async () => {
    const { budget } = budgetOn(table.budgetStore(CAPACITY));
    const bot = newBot();
    const operations = heard();

    const state = await budget.read(bot);
    await budget.reserve(bot, START + 30_000, state, { lived: [], startedAt: START });

    expect(operations).toEqual(['GetItem', 'UpdateItem']);
  });

  it('is none for a lesson of nothing', async () => {
    const { budget } = budgetOn(table.budgetStore(CAPACITY));
    const operations = heard();

    await budget.learn(newBot(), { lived: [] }, EMPTY_STATE);

    expect(operations).toEqual([]);
  });

  it('is one for what an end has taught', async () => {
    const { budget } = budgetOn(table.budgetStore(CAPACITY));
    const operations = heard();

    await budget.learn(newBot(), LESSON, EMPTY_STATE);

    expect(operations).toEqual(['UpdateItem']);
  });

  it('are eight at most for a check, and none goes away with nothing, if 80 wake at once', async () => {
    const capacity = capacityOf(KORE_LIMITS);
    const client = manyConnections(80);
    const bot = newBot();
    const checks = Array.from({ length: 80 }, async (_, seed) => {
      const { requests, store } = counted(budgetIn(client, table.name, capacity));
      const { budget } = budgetOn(store, capacity, seed);
      const { granted, state } = await budget.claim(bot);
      const reservation = await budget.reserve(bot, START + 30_000, state);
      return { granted, reservation, requests };
    });

    const seen = await Promise.all(checks);

    expect(seen.filter(({ granted }) => granted)).toHaveLength(capacity.callsInSlot);
    expect(seen.filter(({ reservation }) => reservation === undefined)).toEqual([]);
    expect(Math.max(...seen.map(({ requests }) => requests.length))).toBeLessThanOrEqual(8);
  });

  it('are eight at most even if others are always faster', async () => {
    const { requests, store } = counted({
      ...budgetInMemory(CAPACITY),
      book: async () => 'full',
      spend: async () => 'spent',
    });
    const { budget } = budgetOn(store);
    const bot = newBot();

    const { granted, state } = await budget.claim(bot, { slot: SLOT, number: 1 });
    const reservation = await budget.reserve(bot, START + 30_000, state);

    expect({ granted, reservation }).toEqual({ granted: false, reservation: undefined });
    expect(requests.length).toBeLessThanOrEqual(8);
  });

  it('waste a reservation whose use was noted but not answered, for a free call, and never use it twice', async () => {
    const client = manyConnections(1);
    let lostAnswers = 0;
    client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        if (lostAnswers > 0) return answer;
        lostAnswers += 1;
        throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    const bot = newBot();
    const before = budgetOn(table.budgetStore(CAPACITY));
    const reservation = await before.budget.reserve(bot, START, EMPTY_STATE);
    const { budget } = budgetOn(budgetIn(client, table.name, CAPACITY));

    const { granted, state } = await budget.claim(bot, reservation);

    expect(lostAnswers).toBe(1);
    expect(granted).toBe(true);
    expect(state.bookings.slots.get(SLOT)).toBe(2);
  });

  /** As many Lambdas have as many connections; one client would let them wait for fifty. */
  function manyConnections(count: number) {
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        endpoint: table.server().endpoint,
        region: LOCAL_REGION,
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
        requestHandler: { httpAgent: { maxSockets: count } },
      }),
    );
    onTestFinished(() => client.destroy());
    return client;
  }
});

/** All attributes that DynamoDB holds for a bot. */
async function itemOf(bot: string): Promise<Record<string, unknown>> {
  const request = { TableName: table.name, Key: { [QUOTA_KEY]: bot }, ConsistentRead: true };
  const { Item = {} } = await table.server().client.send(new GetCommand(request));
  return Item;
}

describe('a paused bot', () => {
  const PAUSED_SINCE = '2025-12-31T23:59:00.000Z';

  /** Changes the item as an operator does. */
  async function change(bot: string, UpdateExpression: string, values?: Record<string, unknown>) {
    await table.server().client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { [QUOTA_KEY]: bot },
        UpdateExpression,
        ...(values !== undefined && { ExpressionAttributeValues: values }),
      }),
    );
  }
  const pause = (bot: string) =>
    change(bot, 'SET pausedAt = :now REMOVE expiresAt', { ':now': PAUSED_SINCE });
  const resume = (bot: string) => change(bot, 'REMOVE pausedAt');

  /** A bot that was in use before it was paused, with a reservation of the slot that begins at `START`. */
  async function pausedInUse() {
    const bot = newBot();
    const { budget, clock } = budgetOn(table.budgetStore(CAPACITY));
    clock.time = START - 30_000;
    const { state } = await budget.claim(bot);
    const reservation = await budget.reserve(bot, START, state, LESSON);
    clock.time = START;
    await pause(bot);
    return { bot, budget, state, reservation };
  }

  it('gets no call without a reservation, and hears since when it is paused', async () => {
    const { bot, budget } = await pausedInUse();

    expect(await budget.claim(bot)).toMatchObject({ granted: false, state: { pausedAt: PAUSED_SINCE } });
  });

  it('gets no call by a reservation of before, and hears since when it is paused', async () => {
    const { bot, budget, reservation } = await pausedInUse();

    expect(reservation).toBeDefined();
    expect(await budget.claim(bot, reservation)).toMatchObject({
      granted: false,
      state: { pausedAt: PAUSED_SINCE },
    });
  });

  it('gets none of either if it was paused before it was ever in use', async () => {
    const bot = newBot();
    await pause(bot);
    const { budget } = budgetOn(table.budgetStore(CAPACITY));

    const { granted, state } = await budget.claim(bot);

    expect(granted).toBe(false);
    expect(await budget.reserve(bot, START + 30_000, state)).toBeUndefined();
    expect(await itemOf(bot)).toEqual({ bot, pausedAt: PAUSED_SINCE });
  });

  it('reserves no call, whether the check knows of the pause or not', async () => {
    const { bot, budget, state: asBefore } = await pausedInUse();
    const asNow = await table.budgetStore(CAPACITY).read(bot, START);

    expect(await budget.reserve(bot, START + 30_000, asNow, LESSON)).toBeUndefined();
    expect(await budget.reserve(bot, START + 30_000, asBefore, LESSON)).toBeUndefined();
  });

  it('keeps its item as it was paused, without an expiry, whatever checks do', async () => {
    const { bot, budget, state, reservation } = await pausedInUse();
    const atPause = await itemOf(bot);

    await budget.claim(bot);
    await budget.claim(bot, reservation);
    await budget.reserve(bot, START + 30_000, state, LESSON);
    await budget.learn(bot, LESSON, state);

    expect(await itemOf(bot)).toEqual(atPause);
    expect(atPause).not.toHaveProperty('expiresAt');
  });

  it('leaves other bots their calls', async () => {
    await pausedInUse();
    const { budget } = budgetOn(table.budgetStore(CAPACITY));

    expect(await budget.claim(newBot())).toMatchObject({ granted: true });
  });

  it('gets calls again once it is resumed, those reserved before too, and its expiry back', async () => {
    const { bot, budget, state, reservation } = await pausedInUse();

    await resume(bot);

    expect(await budget.claim(bot, reservation)).toMatchObject({ granted: true });
    expect(await budget.claim(bot)).toMatchObject({ granted: true });
    expect(await budget.reserve(bot, START + 30_000, state)).toBeDefined();
    expect(await itemOf(bot)).toHaveProperty('expiresAt', expect.any(Number));
  });
});
