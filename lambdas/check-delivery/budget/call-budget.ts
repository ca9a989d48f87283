/**
 * The call budget of a quota key (what Kore.ai counts calls by), shared by all its trackings: every call is booked first, so that
 * Kore refuses none. A call is made only with an unspent reservation whose slot began at most `FRESH_SECONDS` ago.
 */

import type { Lesson } from '../schedule/life-table.ts';
import { freeSlot, isFree, openIn, type Reservation } from './bookings.ts';
import type { BudgetState } from './budget-state.ts';
import { beginningOf, type Capacity, FRESH_SECONDS, SLOT_SECONDS, slotAt } from './call-limits.ts';

export interface CallBudget {
  /** The state of a quota key. */
  read(quotaKey: string): Promise<BudgetState>;
  /** Claims a call now: by a reservation that is fresh and unspent, or else by a free call of the present slot. */
  claim(quotaKey: string, reservation?: Reservation): Promise<Claim>;
  /**
   * Reserves the first free call at or after `wishedAt`, in at most six requests, one as a rule. Where others are
   * always faster, or where the key is paused, there is none; the next check then claims a call when it wakes.
   *
   * @param wishedAt milliseconds since 1970.
   * @param state as the claim returned it.
   * @param lesson what the last check has taught, written along, or by itself where no call could be reserved.
   */
  reserve(
    quotaKey: string,
    wishedAt: number,
    state: BudgetState,
    lesson?: Lesson,
  ): Promise<Reservation | undefined>;
  /** Adds what a delivery's end has taught. */
  learn(quotaKey: string, lesson: Lesson, state: BudgetState): Promise<void>;
}

/** Whether a call may be made now, and the state as it is then. */
export interface Claim {
  readonly granted: boolean;
  /** By when a call that is granted must leave, milliseconds since 1970. */
  readonly goodUntil?: number;
  readonly state: BudgetState;
}

/** Where the states are kept; each method is one request, and atomic. Times are milliseconds since 1970. */
export interface BudgetStore {
  /** The state of a quota key, an empty one where nothing is known of it. */
  read(quotaKey: string, now: number): Promise<BudgetState>;
  /** Books a call of a slot, unless as many as `open` are booked, a span of the long window is full, or the key is paused. */
  book(quotaKey: string, booking: Booking): Promise<BudgetState | 'full'>;
  /** Marks a reservation as used, unless it is, or was never made here, or the key is paused. */
  spend(quotaKey: string, reservation: Reservation, now: number): Promise<BudgetState | 'spent'>;
  learn(quotaKey: string, lesson: Lesson, state: BudgetState, now: number): Promise<void>;
}

export interface Booking {
  readonly slot: number;
  readonly open: number;
  /** Whether the call is for later. */
  readonly isReservation: boolean;
  /** As last read. */
  readonly state: BudgetState;
  readonly lesson?: Lesson | undefined;
  readonly now: number;
}

export interface BudgetTime {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  sleep(ms: number): Promise<unknown>;
}

/** No check sleeps longer than this for a slot to begin: clocks do not differ by more. */
const LONGEST_SLEEP_MS = 2_000;
/** Timers may fire a millisecond early, and a slot that has not begun is of no use. */
const TIMER_SLACK_MS = 5;
/** A reservation tries the first free slot; then, since others want it too, one of the first eight; then of 64. */
const SLOTS_AMONG = [1, 8, 64];

export function callBudget(store: BudgetStore, capacity: Capacity, time: BudgetTime): CallBudget {
  async function claimPresentSlot(quotaKey: string): Promise<Claim> {
    const state = await store.read(quotaKey, time.now());
    if (state.pausedAt !== undefined) return { granted: false, state };
    const now = time.now();
    const slot = slotAt(now);
    if (!isFree(slot, state.bookings, capacity, false)) return { granted: false, state };
    const open = openIn(slot, state.bookings, capacity, false);
    const booked = await store.book(quotaKey, { slot, open, isReservation: false, state, now });
    if (booked === 'full') return { granted: false, state };
    return claimOf(slot, booked);
  }

  function claimOf(slot: number, state: BudgetState): Claim {
    return { granted: isFresh(slot, time.now()), goodUntil: lastMomentOf(slot), state };
  }

  return {
    read: (quotaKey) => store.read(quotaKey, time.now()),
    async claim(quotaKey, reservation) {
      if (reservation !== undefined && (await hasBegun(reservation, time))) {
        const state = await store.spend(quotaKey, reservation, time.now());
        const claim = state === 'spent' ? undefined : claimOf(reservation.slot, state);
        if (claim?.granted) return claim;
      }
      return claimPresentSlot(quotaKey);
    },

    async reserve(quotaKey, wishedAt, state, lesson) {
      let known = state;
      for (const [attempt, among] of SLOTS_AMONG.entries()) {
        if (attempt > 0) known = await store.read(quotaKey, time.now());
        if (known.pausedAt !== undefined) return undefined;
        const now = time.now();
        const slot = freeSlot(slotAt(wishedAt), among, time.random(), known.bookings, capacity);
        const open = openIn(slot, known.bookings, capacity, true);
        const booked = await store.book(quotaKey, {
          slot,
          open,
          isReservation: true,
          lesson,
          state: known,
          now,
        });
        if (booked !== 'full') return { slot, number: booked.bookings.reserved.get(slot) ?? 0 };
      }
      if (lesson !== undefined) await store.learn(quotaKey, lesson, known, time.now());
      return undefined;
    },

    learn: (quotaKey, lesson, state) => store.learn(quotaKey, lesson, state, time.now()),
  };
}

/** A check that wakes a little early sleeps. */
async function hasBegun({ slot }: Reservation, time: BudgetTime): Promise<boolean> {
  const early = beginningOf(slot) - time.now();
  if (early > 0 && early <= LONGEST_SLEEP_MS) await time.sleep(early + TIMER_SLACK_MS);
  return isFresh(slot, time.now());
}

function isFresh(slot: number, now: number): boolean {
  return now >= beginningOf(slot) && now <= lastMomentOf(slot);
}

function lastMomentOf(slot: number): number {
  return beginningOf(slot) + FRESH_SECONDS * 1000 - 1;
}

/** When the check that holds a reservation should wake, in milliseconds since 1970: not before the wish, nor the slot. */
export function wakingTime({ slot }: Reservation, wishedAt: number): number {
  const end = beginningOf(slot) + SLOT_SECONDS * 1000;
  return wishedAt < end ? Math.max(beginningOf(slot), wishedAt) : beginningOf(slot);
}
