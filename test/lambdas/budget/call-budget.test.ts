import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reservation } from '../../../lambdas/check-delivery/budget/bookings.ts';
import {
  type BudgetStore,
  callBudget,
  wakingTime,
} from '../../../lambdas/check-delivery/budget/call-budget.ts';
import {
  beginningOf,
  type CallLimits,
  type Capacity,
  capacityOf,
  slotAt,
} from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { budgetInMemory } from '../../../testing/in-memory/budget-in-memory.ts';
import {
  budgetTable,
  type Campaign,
  mostIn,
  nameOf,
  newBot,
  randomFrom,
  run,
  storesOf,
} from './budget-simulation.ts';

const table = budgetTable();

/** Four calls in a slot; the long window is no matter. */
const ROOMY: CallLimits = { short: { seconds: 60, calls: 60 }, long: { seconds: 3_600, calls: 18_000 } };
const CAPACITY = capacityOf(ROOMY);
/** Twenty calls in a slot, of which nineteen can be booked ahead. */
const KEEPING = capacityOf({ ...ROOMY, short: { seconds: 60, calls: 300 } });
/** The beginning of a slot. */
const START = Date.parse('2026-01-01T00:00:00Z');
const SLOT_MS = 5_000;

/** A Lambda of one bot, on a clock that stands still but for its sleep. */
function lambdaIn(
  store: BudgetStore,
  { capacity = CAPACITY as Capacity, bot = newBot(), timersEarlyByMs = 0 } = {},
) {
  const world = { time: START, slept: [] as number[] };
  const random = randomFrom(1);
  const budget = callBudget(store, capacity, {
    now: () => world.time,
    random,
    async sleep(ms) {
      world.slept.push(ms);
      world.time += ms - timersEarlyByMs;
    },
  });
  return {
    world,
    claim: (reservation?: Reservation) => budget.claim(bot, reservation),
    /** With the state as it is now. */
    async reserve(wishedAt: number) {
      const reservation = await budget.reserve(bot, wishedAt, await store.read(bot, world.time));
      if (reservation === undefined) throw new Error('found no free call');
      return reservation;
    },
    /** Claims calls of the present slot until none is left. */
    async claimAll() {
      let calls = 0;
      while ((await budget.claim(bot)).granted) calls += 1;
      return calls;
    },
    used: async (slot: number) => (await store.read(bot, world.time)).bookings.slots.get(slot) ?? 0,
  };
}

describe.each(storesOf(table))('a campaign with its state in $place', ({ budgetStore, isFast }) => {
  const size = isFast
    ? { trackings: [20, 80], perMinute: [30, 60], perHour: [120, 400] }
    : { trackings: [6, 14], perMinute: [15, 30], perHour: [30, 36] };
  const among = ([min = 0, max = 0]: readonly number[]) => fc.integer({ min, max });
  const anyCampaign: fc.Arbitrary<Campaign> = fc.record({
    limits: fc
      .record({ perMinute: among(size.perMinute), perHour: among(size.perHour) })
      .map(({ perMinute, perHour }) => ({
        short: { seconds: 60, calls: perMinute },
        long: { seconds: 3_600, calls: perHour },
      })),
    trackings: among(size.trackings),
    arrivalSeconds: fc.constantFrom(0, 10, 120, 900),
    lateShare: fc.constantFrom(0, 0.1, 0.3),
    crashShare: fc.constantFrom(0, 0.05, 0.2),
    repeatShare: fc.constantFrom(0, 0.05, 0.3),
    seed: fc.integer(),
  });

  it('never goes beyond a window, uses no call twice, loses none and lets every tracking end', async () => {
    await fc.assert(
      fc.asyncProperty(anyCampaign, async (campaign) => {
        const { short, long } = campaign.limits;

        const seen = await run(campaign, budgetStore(capacityOf(campaign.limits)), newBot());

        expect(mostIn(short.seconds, seen.calls)).toBeLessThanOrEqual(short.calls);
        expect(mostIn(long.seconds, seen.calls)).toBeLessThanOrEqual(long.calls);
        expect(new Set(seen.reserved).size).toBe(seen.reserved.length);
        expect([...seen.uses].filter(([, uses]) => uses !== 1)).toEqual([]);
        expect(seen.lost).toEqual([]);
        expect(seen.needed.filter((needed, i) => (seen.callsOf[i] ?? 0) < needed)).toEqual([]);
      }),
      { numRuns: isFast ? 60 : 8, endOnFailure: !isFast },
    );
  });
});

describe('the limits of a minute', () => {
  /** Fourteen calls in a slot; were there fifteen, a minute could hold too many. */
  const limits = { ...ROOMY, short: { seconds: 60, calls: 210 } };
  const capacity = capacityOf(limits);
  /** The calls of the slots before this one come late, all others as early as they may. */
  const TURN = 8;
  const SLOTS = 28;

  /**
   * Every call of every slot is taken. Up to the turn Lambdas are slow by the skew, take `age` seconds from the beginning of a
   * slot until they call, stall for a while after the claim, and Kore counts later by the transit; then they are fast.
   */
  async function tide(age: number, { skewSeconds = 1, transitSeconds = 5, stallSeconds = 0 } = {}) {
    const store = budgetInMemory(capacity);
    const bot = newBot();
    const calls: number[] = [];
    for (let i = 0; i < SLOTS; i += 1) {
      const isLate = i < TURN;
      const beginning = START + i * SLOT_MS;
      const [skew, transit, callAt] = isLate
        ? [-1_000 * skewSeconds, 1_000 * transitSeconds, beginning + age * 1000]
        : [1_000 * skewSeconds, 0, beginning];
      const clock = { time: beginning - 60_000 };
      const slow: BudgetStore = {
        ...store,
        async book(...args) {
          const answer = await store.book(...args);
          clock.time = Math.max(clock.time, callAt);
          return answer;
        },
      };
      const world = { now: () => clock.time, random: () => 0, sleep: async () => undefined };
      const reserving = callBudget(store, capacity, world);
      const calling = callBudget(slow, capacity, world);
      const reservations: (Reservation | undefined)[] = [];
      for (let n = 0; n < 9; n += 1) {
        reservations.push(await reserving.reserve(bot, beginning, await store.read(bot, clock.time)));
      }
      const withoutReservation = Array(6).fill(undefined);
      for (const reservation of [...reservations, ...withoutReservation]) {
        clock.time = reservation === undefined ? Math.min(callAt, beginning + SLOT_MS - 1) : callAt;
        const { granted, goodUntil = 0 } = await calling.claim(bot, reservation);
        if (isLate) clock.time += stallSeconds * 1000;
        if (granted && clock.time <= goodUntil) calls.push(clock.time - skew + transit);
      }
    }
    return calls;
  }

  it.each([0, 0.5, 1, 2, 3, 3.5])(
    'hold with clocks %d s off and seven seconds for twice that and the way, however late some calls come, and stall',
    async (skewSeconds) => {
      const lateBy = fc.integer({ min: 0, max: 25_000 }).map((ms) => ms / 1000);
      const stall = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10_000 })).map((ms) => ms / 1000);
      await fc.assert(
        fc.asyncProperty(lateBy, stall, async (age, stallSeconds) => {
          const way = { skewSeconds, transitSeconds: 7 - 2 * skewSeconds, stallSeconds };
          expect(mostIn(60, await tide(age, way))).toBeLessThanOrEqual(210);
        }),
        { numRuns: 50, examples: [[7.999, 0]] },
      );
    },
  );

  it('are used up to the last call when some come as late as they may', async () => {
    expect(mostIn(60, await tide(7.999))).toBe(210);
  });

  it('are broken by a way that is longer by a moment', async () => {
    expect(mostIn(60, await tide(7.999, { transitSeconds: 5.001 }))).toBeGreaterThan(210);
  });
});

describe('the limits of an hour', () => {
  it('hold where everybody always wants a call, and few are left unused', async () => {
    const limits = { short: { seconds: 60, calls: 60 }, long: { seconds: 3_600, calls: 400 } };
    const { world, claimAll } = lambdaIn(budgetInMemory(capacityOf(limits)), {
      capacity: capacityOf(limits),
    });
    const calls: number[] = [];
    for (world.time = START; world.time < START + 4 * 3_600_000; world.time += SLOT_MS) {
      for (let left = await claimAll(); left > 0; left -= 1) calls.push(world.time);
    }

    expect(mostIn(3_600, calls)).toBeLessThanOrEqual(400);
    expect(calls.length).toBeGreaterThan(0.85 * 4 * 400);
  });
});

/** A store that notes its requests; where it is `paused`, so is the bot. */
function noted(store: BudgetStore, { paused = false } = {}) {
  const requests: string[] = [];
  const noting: BudgetStore = {
    ...store,
    async read(...args) {
      requests.push('read');
      const state = await store.read(...args);
      return paused ? { ...state, pausedAt: '2026-01-01T00:00:00.000Z' } : state;
    },
    async book(...args) {
      requests.push('book');
      return paused ? 'full' : store.book(...args);
    },
    async learn(...args) {
      requests.push('learn');
      await store.learn(...args);
    },
  };
  return { store: noting, requests };
}

it('reads what the store knows', async () => {
  const { store, requests } = noted(budgetInMemory(CAPACITY));
  const world = { now: () => START, random: () => 0, sleep: async () => undefined };

  const state = await callBudget(store, CAPACITY, world).read('st-1');

  expect(requests).toEqual(['read']);
  expect(state).toEqual(await store.read('st-1', START));
});

describe('the requests', () => {
  const WISH = START + 30_000;
  const crowded = { ...budgetInMemory(CAPACITY), book: async () => 'full' as const };
  const budgetOf = (store: BudgetStore, capacity = CAPACITY) =>
    callBudget(store, capacity, { now: () => START, random: () => 0, sleep: async () => undefined });

  it('of a claim are two', async () => {
    const { store, requests } = noted(budgetInMemory(CAPACITY));

    await budgetOf(store).claim('st-1');

    expect(requests).toEqual(['read', 'book']);
  });

  it('of a claim are one where the present slot is full', async () => {
    const one = { ...CAPACITY, callsInSlot: 1 };
    const memory = budgetInMemory(one);
    const { store, requests } = noted(memory);
    await budgetOf(memory, one).claim('st-1');

    const { granted } = await budgetOf(store, one).claim('st-1');

    expect(granted).toBe(false);
    expect(requests).toEqual(['read']);
  });

  it('of a claim are one where the bot is paused', async () => {
    const { store, requests } = noted(budgetInMemory(CAPACITY), { paused: true });

    const { granted } = await budgetOf(store).claim('st-1');

    expect(granted).toBe(false);
    expect(requests).toEqual(['read']);
  });

  it('of a reservation are one', async () => {
    const memory = budgetInMemory(CAPACITY);
    const { store, requests } = noted(memory);

    await budgetOf(store).reserve('st-1', WISH, await memory.read('st-1', START));

    expect(requests).toEqual(['book']);
  });

  it('of a reservation are five where others are always faster, and it is none', async () => {
    const { store, requests } = noted(crowded);

    const none = await budgetOf(store).reserve('st-1', WISH, await crowded.read('st-1', START));

    expect(none).toBeUndefined();
    expect(requests).toEqual(['book', 'read', 'book', 'read', 'book']);
  });

  it('of a reservation that is none keep what it would have taken along', async () => {
    const { store, requests } = noted(crowded);
    const lesson = { lived: [], startedAt: START };

    await budgetOf(store).reserve('st-1', WISH, await crowded.read('st-1', START), lesson);

    expect(requests).toEqual(['book', 'read', 'book', 'read', 'book', 'learn']);
  });

  it('of a reservation end where the bot turns out to be paused', async () => {
    const { store, requests } = noted(crowded, { paused: true });

    const none = await budgetOf(store).reserve('st-1', WISH, await crowded.read('st-1', START));

    expect(none).toBeUndefined();
    expect(requests).toEqual(['book', 'read']);
  });
});

describe.each(storesOf(table))('a reservation in $place', ({ budgetStore }) => {
  it('takes no call that is kept for others, though its state is old', async () => {
    const store = budgetStore(KEEPING);
    const bot = newBot();
    const old = await store.read(bot, START);
    const world = { now: () => START, random: () => 0, sleep: async () => undefined };
    const budget = callBudget(store, KEEPING, world);

    const slots = [];
    for (let i = 0; i < 20; i += 1) slots.push((await budget.reserve(bot, START, old))?.slot);

    expect(slots.map((slot) => (slot ?? 0) - slotAt(START))).toEqual([...Array(19).fill(0), 1]);
  });

  it('is of the first free slot at or after the wish', async () => {
    const { reserve } = lambdaIn(budgetStore(CAPACITY));
    const wish = START + 62_345;

    const slots = [];
    for (let i = 0; i < 7; i += 1) slots.push((await reserve(wish)).slot - slotAt(wish));

    expect(slots).toEqual([0, 0, 0, 0, 1, 1, 1]);
  });

  it('is of a call that no other has, even if all are made at once', async () => {
    const store = budgetStore(CAPACITY);
    const { reserve } = lambdaIn(store);

    const reservations = await Promise.all(Array.from({ length: 12 }, () => reserve(START + 30_000)));

    expect(new Set(reservations.map(nameOf)).size).toBe(12);
  });

  it('lets its owner call', async () => {
    const { world, claim, reserve, used } = lambdaIn(budgetStore(CAPACITY));
    const reservation = await reserve(START + 30_000);

    world.time = START + 30_000;
    const { granted } = await claim(reservation);

    expect(granted).toBe(true);
    expect(await used(reservation.slot)).toBe(1);
  });

  it('lets its owner call until eight seconds after its slot began, though the next slot is full', async () => {
    const { world, claim, claimAll, reserve } = lambdaIn(budgetStore(CAPACITY));
    const reservation = await reserve(START + 30_000);

    world.time = START + 37_999;
    await claimAll();

    expect(await claim(reservation)).toMatchObject({ granted: true });
  });

  it('is not used later than that; a free call of the present slot is', async () => {
    const { world, claim, claimAll, reserve, used } = lambdaIn(budgetStore(CAPACITY));
    const reservation = await reserve(START + 30_000);

    world.time = START + 38_001;
    const inTime = await claim(reservation);
    expect(inTime.granted).toBe(true);
    expect(await used(slotAt(world.time))).toBe(1);

    await claimAll();
    expect(await claim(reservation)).toMatchObject({ granted: false });
  });

  it('is not used if noting that took too long', async () => {
    const store = budgetStore(CAPACITY);
    const slow: BudgetStore = {
      ...store,
      async spend(...args) {
        const answer = await store.spend(...args);
        world.time += 5_000;
        return answer;
      },
    };
    const { world, claim, claimAll, reserve } = lambdaIn(slow);
    const reservation = await reserve(START + 30_000);
    world.time = START + 38_001;
    await claimAll();

    world.time = START + 33_001;
    expect(await claim(reservation)).toMatchObject({ granted: false });
  });

  it('makes an owner who is up to two seconds early sleep until its slot begins', async () => {
    const { world, claim, reserve, used } = lambdaIn(budgetStore(CAPACITY));
    const reservation = await reserve(START + 30_000);

    world.time = START + 28_000;
    const { granted } = await claim(reservation);

    expect(granted).toBe(true);
    expect(world.slept).toHaveLength(1);
    expect(world.time).toBeGreaterThanOrEqual(beginningOf(reservation.slot));
    expect(world.time).toBeLessThan(beginningOf(reservation.slot) + 10);
    expect(await used(reservation.slot - 1)).toBe(0);
  });

  it('lets an owner who wakes as its slot begins call at once', async () => {
    const { world, claim, reserve } = lambdaIn(budgetStore(CAPACITY));
    const reservation = await reserve(START + 30_000);

    world.time = START + 30_000;
    await claim(reservation);

    expect(world.slept).toEqual([]);
  });

  it.each([0.4, 1])(
    "is not lost to a timer that ends its owner's sleep %d ms early",
    async (timersEarlyByMs) => {
      const bot = newBot();
      const store = budgetStore(CAPACITY);
      const { world, claim, claimAll, reserve } = lambdaIn(store, { bot, timersEarlyByMs });
      const reservation = await reserve(START + 30_000);
      world.time = START + 29_000;
      await claimAll();

      const { granted } = await claim(reservation);

      expect(granted).toBe(true);
      expect(world.time).toBeGreaterThanOrEqual(beginningOf(reservation.slot));
    },
  );

  it('does not make anybody sleep longer; a free call of the present slot is used', async () => {
    const { world, claim, reserve, used } = lambdaIn(budgetStore(CAPACITY));
    const reservation = await reserve(START + 30_000);

    world.time = START + 27_999;
    const { granted } = await claim(reservation);

    expect(granted).toBe(true);
    expect(world.slept).toEqual([]);
    expect(await used(slotAt(world.time))).toBe(1);
  });

  it('is used once, though its owner is started twice', async () => {
    const { world, claim, claimAll, reserve } = lambdaIn(budgetStore(CAPACITY));
    const reservation = await reserve(START + 30_000);
    world.time = START + 30_000;
    await claimAll();

    const claims = await Promise.all([claim(reservation), claim(reservation), claim(reservation)]);

    expect(claims.filter(({ granted }) => granted)).toHaveLength(1);
  });

  it('is of no use to another who has the same slot', async () => {
    const { world, claim, claimAll, reserve } = lambdaIn(budgetStore(CAPACITY));
    const [one, other] = [await reserve(START + 30_000), await reserve(START + 30_000)];
    world.time = START + 30_000;
    await claimAll();

    expect(await claim(one)).toMatchObject({ granted: true });
    expect(await claim(other)).toMatchObject({ granted: true });
    expect(await claim(one)).toMatchObject({ granted: false });
  });
});

describe.each(storesOf(table))('a claim without a reservation, in $place', ({ budgetStore }) => {
  it('is granted as long as the present slot has a call', async () => {
    const { claimAll, used } = lambdaIn(budgetStore(CAPACITY));

    expect(await claimAll()).toBe(4);
    expect(await used(slotAt(START))).toBe(4);
  });

  it('finds a call of a slot that is booked out', async () => {
    const { world, claimAll, reserve } = lambdaIn(budgetStore(KEEPING), { capacity: KEEPING });
    for (let i = 0; i < 20; i += 1) await reserve(START + 30_000);

    world.time = START + 30_000;
    expect(await claimAll()).toBe(1);
  });

  it('is granted to as many as there are calls, if all claim at once', async () => {
    const { claim } = lambdaIn(budgetStore(CAPACITY));

    const claims = await Promise.all(Array.from({ length: 20 }, () => claim()));

    expect(claims.filter(({ granted }) => granted)).toHaveLength(4);
  });

  it('shares the calls with all Lambdas of the bot', async () => {
    const store = budgetStore(CAPACITY);
    const bot = newBot();

    expect(await lambdaIn(store, { bot }).claimAll()).toBe(4);
    expect(await lambdaIn(store, { bot }).claimAll()).toBe(0);
  });

  it('leaves other bots their calls', async () => {
    const store = budgetStore(CAPACITY);

    expect(await lambdaIn(store).claimAll()).toBe(4);
    expect(await lambdaIn(store).claimAll()).toBe(4);
  });

  it('is refused if the answer took so long that the call would come too late', async () => {
    const store = budgetStore(CAPACITY);
    const slow: BudgetStore = {
      ...store,
      async book(...args) {
        const answer = await store.book(...args);
        world.time += 8_001;
        return answer;
      },
    };
    const { world, claim } = lambdaIn(slow);

    expect(await claim()).toMatchObject({ granted: false });
  });
});

it('shares the calls of a bot between trackers that have one table', async () => {
  const bot = newBot();

  expect(await lambdaIn(table.budgetStore(CAPACITY), { bot }).claimAll()).toBe(4);
  expect(await lambdaIn(table.budgetStore(CAPACITY), { bot }).claimAll()).toBe(0);
});

describe('waking', () => {
  const reservation = { slot: slotAt(START), number: 1 };

  it.each([
    ['at the beginning of the slot if the wish was for an earlier one', -SLOT_MS, 0],
    ['at the wish if that is within the slot', 2_345, 2_345],
    ['at the beginning of the slot if the wish is after it', SLOT_MS, 0],
  ])('is %s', (_, wish, waking) => {
    expect(wakingTime(reservation, START + wish)).toBe(START + waking);
  });
});
