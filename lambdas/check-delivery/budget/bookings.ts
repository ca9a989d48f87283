/** What is booked for one quota key, and what follows from it: the first free call, and the price of one. */

import { type Capacity, SLOT_SECONDS, slotAt, spansWith } from './call-limits.ts';

export interface Bookings {
  /** Calls booked in each slot: reserved ahead, or claimed in it. */
  readonly slots: ReadonlyMap<number, number>;
  /** Those of them that were reserved ahead. */
  readonly reserved: ReadonlyMap<number, number>;
  /** Calls booked in each span of the long window. */
  readonly spans: ReadonlyMap<number, number>;
}

export const NO_BOOKINGS: Bookings = { slots: new Map(), reserved: new Map(), spans: new Map() };

/** One call that is reserved: the slot, and which of its reservations, from 1. */
export interface Reservation {
  readonly slot: number;
  readonly number: number;
}

/**
 * This share of every slot is kept for callers without a reservation: first checks, mostly. More of it lets a first check call at
 * once, and makes all later ones wait (`npm run bench -- campaigns`).
 */
const KEPT_SHARE = 0.28;
/**
 * Up to this share of the long window, calls may go out as fast as the short window allows. A larger one serves a short campaign
 * sooner, and leaves less of the hour to a long one (`npm run bench -- campaigns`).
 */
const HURRIED_SHARE = 0.25;
/**
 * The share of a slot that is still open when the long window is all but full. A larger one spends the hour before it ends, after
 * which no call is free; a smaller one leaves calls unused (`npm run bench -- campaigns`).
 */
const SLOWEST_SHARE = 0.38;

/** How many calls of a slot can be booked: fewer as the long window fills, so that an hour is not spent early. */
export function openIn(slot: number, bookings: Bookings, capacity: Capacity, isBookedAhead: boolean): number {
  const share = shareBooked(slot, bookings, capacity);
  if (share >= 1) return 0;
  const slowing = Math.max(0, (share - HURRIED_SHARE) / (1 - HURRIED_SHARE));
  const paced = capacity.callsInSlot * (1 - (1 - SLOWEST_SHARE) * slowing);
  return Math.max(1, Math.round(isBookedAhead ? paced * (1 - KEPT_SHARE) : paced));
}

/** How much of the long window is booked around a slot, from 0 to 1. */
export function shareBooked(slot: number, bookings: Bookings, capacity: Capacity): number {
  return callsInFullestSpan(slot, bookings, capacity) / capacity.callsInSpan;
}

function callsInFullestSpan(slot: number, { spans }: Bookings, capacity: Capacity): number {
  let fullest = 0;
  for (const span of spansWith(slot, capacity)) fullest = Math.max(fullest, spans.get(span) ?? 0);
  return fullest;
}

export function isFree(
  slot: number,
  bookings: Bookings,
  capacity: Capacity,
  isBookedAhead: boolean,
): boolean {
  return (bookings.slots.get(slot) ?? 0) < openIn(slot, bookings, capacity, isBookedAhead);
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
  bookings: Bookings,
  capacity: Capacity,
): number {
  const found: { slot: number; free: number }[] = [];
  for (let slot = wished; found.length < among; slot += 1) {
    const free = openIn(slot, bookings, capacity, true) - (bookings.slots.get(slot) ?? 0);
    if (free > 0) found.push({ slot, free });
    // A span that is full is full for all slots of the part; skip to the next.
    else if (callsInFullestSpan(slot, bookings, capacity) >= capacity.callsInSpan) {
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

/** The load is what was booked in the last minute and a half and the next half: a longer time smooths it, and reacts later. */
const LOAD_FROM_SECONDS = -90;
const LOAD_TO_SECONDS = 30;
/**
 * How steeply the price rises with the load, below 1. Higher, checks of a busy bot are fewer and find a call at once; lower, they
 * are planned sooner and wait for one (`npm run bench -- campaigns`).
 */
const STEEPNESS = 0.95;

/**
 * What a call costs, as a multiple of what it costs an idle bot: it rises from 1 with the load, and waits stretch with
 * its root.
 *
 * @param now milliseconds since 1970.
 */
export function priceOf(bookings: Bookings, now: number, { callsInSlot }: Capacity): number {
  const from = slotAt(now) + LOAD_FROM_SECONDS / SLOT_SECONDS;
  const to = slotAt(now) + LOAD_TO_SECONDS / SLOT_SECONDS;
  let booked = 0;
  for (let slot = from; slot < to; slot += 1) booked += bookings.slots.get(slot) ?? 0;
  const load = Math.min(1, booked / (callsInSlot * (to - from)));
  return (1 - STEEPNESS * load ** 2) ** -2;
}
