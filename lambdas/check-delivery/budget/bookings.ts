/** What is booked for one quota key, and which call is free. */

import { type Capacity, spansWith } from './call-limits.ts';

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

/** This share of every slot is kept for callers without a reservation: checks that come late, or whose wish was far ahead. */
const KEPT_SHARE = 0.03;

/** How many calls of a slot can be booked. */
export function openIn(slot: number, bookings: Bookings, capacity: Capacity, isBookedAhead: boolean): number {
  if (shareBooked(slot, bookings, capacity) >= 1) return 0;
  const { callsInSlot } = capacity;
  return isBookedAhead ? Math.max(1, Math.round(callsInSlot * (1 - KEPT_SHARE))) : callsInSlot;
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
