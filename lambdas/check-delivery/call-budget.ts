/**
 * The call budget of a bot, shared by all its trackings: every call to Kore.ai is reserved ahead, so that none is ever
 * refused. A call is made only with an unspent reservation whose slot began at most `FRESH_SECONDS` ago.
 */
import { beginningOf, type Capacity, FRESH_SECONDS, SLOT_SECONDS, slotAt } from './call-limits.ts';
import { freeSlot, isFree, type Ledger, openIn, type Reservation } from './ledger.ts';
import type { Lesson } from './life-table.ts';

export interface CallBudget {
  /** Claims a call now: by a reservation that is fresh and unspent, or else by a free call of the present slot. */
  claim(bot: string, reservation?: Reservation): Promise<Claim>;
  /**
   * Reserves the first free call at or after `wishedAt`, in at most five requests, one as a rule. Where others are
   * always faster, or where the bot is paused, there is none, and whoever wished for it claims a call at waking.
   *
   * @param wishedAt milliseconds since 1970.
   * @param ledger as the claim returned it.
   * @param lesson what the look before has taught, written along.
   */
  reserve(bot: string, wishedAt: number, ledger: Ledger, lesson?: Lesson): Promise<Reservation | undefined>;
  /** Adds what a delivery's end has taught. */
  learn(bot: string, lesson: Lesson, ledger: Ledger): Promise<void>;
}

/** Whether a call may be made now, and the ledger as it is then. */
export interface Claim {
  readonly granted: boolean;
  /** By when a call that is granted must leave, milliseconds since 1970. */
  readonly goodUntil?: number;
  readonly ledger: Ledger;
}

/** Where ledgers are kept; each method is one request, and atomic. Times are milliseconds since 1970. */
export interface LedgerStore {
  /** The ledger of a bot, an empty one where nothing is known of it. */
  read(bot: string, now: number): Promise<Ledger>;
  /** Books a call of a slot, unless as many as `open` are booked, a run of the long window is full, or the bot is paused. */
  take(bot: string, taking: Taking): Promise<Ledger | 'full'>;
  /** Marks a reservation as used, unless it is, or was never made here, or the bot is paused. */
  spend(bot: string, reservation: Reservation, now: number): Promise<Ledger | 'spent'>;
  learn(bot: string, lesson: Lesson, ledger: Ledger, now: number): Promise<void>;
}

export interface Taking {
  readonly slot: number;
  readonly open: number;
  /** Whether the call is for later. */
  readonly isReservation: boolean;
  /** As last read. */
  readonly ledger: Ledger;
  readonly lesson?: Lesson | undefined;
  readonly now: number;
}

export interface BudgetWorld {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  sleep(ms: number): Promise<unknown>;
}

/** Longer than this nobody sleeps for a slot to begin: clocks do not differ by more. */
const LONGEST_SLEEP_MS = 2_000;
/** Timers may fire a millisecond early, and a slot that has not begun is of no use. */
const TIMER_SLACK_MS = 5;
/** A reservation tries the first free slot; then, since others want it too, one of the first eight; then of 64. */
const SLOTS_AMONG = [1, 8, 64];

export function callBudget(store: LedgerStore, capacity: Capacity, world: BudgetWorld): CallBudget {
  async function claimPresentSlot(bot: string): Promise<Claim> {
    const ledger = await store.read(bot, world.now());
    if (ledger.pausedAt !== undefined) return { granted: false, ledger };
    const now = world.now();
    const slot = slotAt(now);
    if (!isFree(slot, ledger, capacity, false)) return { granted: false, ledger };
    const open = openIn(slot, ledger, capacity, false);
    const taken = await store.take(bot, { slot, open, isReservation: false, ledger, now });
    if (taken === 'full') return { granted: false, ledger };
    return claimOf(slot, taken);
  }

  function claimOf(slot: number, ledger: Ledger): Claim {
    return { granted: isFresh(slot, world.now()), goodUntil: lastMomentOf(slot), ledger };
  }

  return {
    async claim(bot, reservation) {
      if (reservation !== undefined && (await hasBegun(reservation, world))) {
        const ledger = await store.spend(bot, reservation, world.now());
        const claim = ledger === 'spent' ? undefined : claimOf(reservation.slot, ledger);
        if (claim?.granted) return claim;
      }
      return claimPresentSlot(bot);
    },

    async reserve(bot, wishedAt, ledger, lesson) {
      let known = ledger;
      for (const [attempt, among] of SLOTS_AMONG.entries()) {
        if (attempt > 0) known = await store.read(bot, world.now());
        if (known.pausedAt !== undefined) return undefined;
        const now = world.now();
        const slot = freeSlot(slotAt(wishedAt), among, world.random(), known, capacity);
        const open = openIn(slot, known, capacity, true);
        const taken = await store.take(bot, { slot, open, isReservation: true, lesson, ledger: known, now });
        if (taken !== 'full') return { slot, number: taken.reserved.get(slot) ?? 0 };
      }
      return undefined;
    },

    learn: (bot, lesson, ledger) => store.learn(bot, lesson, ledger, world.now()),
  };
}

/** Whoever wakes a little early sleeps. */
async function hasBegun({ slot }: Reservation, world: BudgetWorld): Promise<boolean> {
  const early = beginningOf(slot) - world.now();
  if (early > 0 && early <= LONGEST_SLEEP_MS) await world.sleep(early + TIMER_SLACK_MS);
  return isFresh(slot, world.now());
}

function isFresh(slot: number, now: number): boolean {
  return now >= beginningOf(slot) && now <= lastMomentOf(slot);
}

function lastMomentOf(slot: number): number {
  return beginningOf(slot) + FRESH_SECONDS * 1000 - 1;
}

/** When whoever holds a reservation should wake, in milliseconds since 1970: not before the wish, nor the slot. */
export function wakingTime({ slot }: Reservation, wishedAt: number): number {
  const end = beginningOf(slot) + SLOT_SECONDS * 1000;
  return wishedAt < end ? Math.max(beginningOf(slot), wishedAt) : beginningOf(slot);
}
