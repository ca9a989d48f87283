/** What is booked and learnt for one bot, and what follows from it: the first free call, and what a call costs. */
import { type Capacity, runsWith, SLOT_SECONDS, slotAt } from './call-limits.ts';
import type { LifeTable } from './life-table.ts';

export interface Ledger {
  /** Calls booked in each slot: reserved ahead, or claimed in it. */
  readonly slots: ReadonlyMap<number, number>;
  /** Those of them that were reserved ahead. */
  readonly reserved: ReadonlyMap<number, number>;
  /** Calls reserved in each run of the long window. */
  readonly runs: ReadonlyMap<number, number>;
  /** How long deliveries of this bot took, by the two latest generations. */
  readonly lives: LifeTable;
  /** The generation of the life table that learns now. */
  readonly generation: number;
  /** Names of what has had its day in the store; the next change removes it. */
  readonly outdated: readonly string[];
  /** Since when an operator lets no call go out for this bot, ISO 8601; absent while calls may go out. */
  readonly pausedAt?: string | undefined;
}

/** One call that is reserved: the slot, and which of its reservations, from 1. */
export interface Reservation {
  readonly slot: number;
  readonly number: number;
}

/** This share of every slot is kept for whoever wakes without a reservation: first checks, mostly. */
const KEPT_SHARE = 0.28;
/** Up to this share of a long window, calls may go out as fast as the short window allows. */
const HURRIED_SHARE = 0.25;
/** The share of a slot that is still open when the long window is all but full: calls slow down, and never stall. */
const SLOWEST_SHARE = 0.38;

/** How many calls of a slot can be taken: fewer as the long window fills, so that an hour is not spent early. */
export function openIn(slot: number, ledger: Ledger, capacity: Capacity, isBookedAhead: boolean): number {
  const share = shareBooked(slot, ledger, capacity);
  if (share >= 1) return 0;
  const slowing = Math.max(0, (share - HURRIED_SHARE) / (1 - HURRIED_SHARE));
  const paced = capacity.callsInSlot * (1 - (1 - SLOWEST_SHARE) * slowing);
  return Math.max(1, Math.round(isBookedAhead ? paced * (1 - KEPT_SHARE) : paced));
}

/** How much of the long window is booked around a slot, from 0 to 1. */
export function shareBooked(slot: number, ledger: Ledger, capacity: Capacity): number {
  return callsInFullestRun(slot, ledger, capacity) / capacity.callsInRun;
}

function callsInFullestRun(slot: number, { runs }: Ledger, capacity: Capacity): number {
  let fullest = 0;
  for (const run of runsWith(slot, capacity)) fullest = Math.max(fullest, runs.get(run) ?? 0);
  return fullest;
}

export function isFree(slot: number, ledger: Ledger, capacity: Capacity, isBookedAhead: boolean): boolean {
  return (ledger.slots.get(slot) ?? 0) < openIn(slot, ledger, capacity, isBookedAhead);
}

/**
 * A slot with a free call at or after `wished`: the first one, or, where others compete for it, one of the first
 * `among`, each as likely as it has calls left.
 *
 * @param random from 0 up to 1.
 */
export function freeSlot(
  wished: number,
  among: number,
  random: number,
  ledger: Ledger,
  capacity: Capacity,
): number {
  const found: { slot: number; free: number }[] = [];
  for (let slot = wished; found.length < among; slot += 1) {
    const free = openIn(slot, ledger, capacity, true) - (ledger.slots.get(slot) ?? 0);
    if (free > 0) found.push({ slot, free });
    // A run that is full is full for all slots of the part; skip to the next.
    else if (callsInFullestRun(slot, ledger, capacity) >= capacity.callsInRun) {
      slot = (Math.floor(slot / capacity.slotsInPart) + 1) * capacity.slotsInPart - 1;
    }
  }
  let ticket = random * found.reduce((sum, { free }) => sum + free, 0);
  for (const { slot, free } of found) {
    ticket -= free;
    if (ticket < 0) return slot;
  }
  return found.at(-1)?.slot ?? wished;
}

/** The load is what was booked in the last minute and a half and the next half. */
const LOAD_FROM_SECONDS = -90;
const LOAD_TO_SECONDS = 30;
const STEEPNESS = 0.95;

/**
 * What a call costs, as a multiple of what it costs an idle bot: it rises from 1 with the load, and waits stretch with
 * its root.
 *
 * @param now milliseconds since 1970.
 */
export function priceOf(ledger: Ledger, now: number, { callsInSlot }: Capacity): number {
  const from = slotAt(now) + LOAD_FROM_SECONDS / SLOT_SECONDS;
  const to = slotAt(now) + LOAD_TO_SECONDS / SLOT_SECONDS;
  let booked = 0;
  for (let slot = from; slot < to; slot += 1) booked += ledger.slots.get(slot) ?? 0;
  const load = Math.min(1, booked / (callsInSlot * (to - from)));
  return (1 - STEEPNESS * load ** 2) ** -2;
}
