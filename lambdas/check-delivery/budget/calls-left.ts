/** How many calls Kore.ai's limits leave. */
import type { Bookings } from './bookings.ts';
import { type Capacity, PARTS_OF_SPAN, partOf, SLOT_SECONDS, slotAt } from './call-limits.ts';

/**
 * Calls that can be made within so many seconds from now on, whatever is booked of them already: the slots hold no more, and
 * neither does the span that ends then, less what was called in it before now.
 *
 * @param now milliseconds since 1970.
 */
export function callsLeft(
  seconds: number,
  { slots, spans }: Bookings,
  now: number,
  capacity: Capacity,
): number {
  const present = slotAt(now);
  const presentPart = partOf(present, capacity);
  const firstPart = partOf(slotAt(now + seconds * 1000), capacity) - PARTS_OF_SPAN + 1;
  const firstSlot = Math.max(firstPart, presentPart) * capacity.slotsInPart;
  let used = 0;
  for (let part = firstPart; part < presentPart; part += 1) used += callsIn(part, spans);
  for (let slot = firstSlot; slot < present; slot += 1) used += slots.get(slot) ?? 0;
  const ofSpan = Math.max(0, capacity.callsInSpan - used);
  return Math.min(ofSpan, (capacity.callsInSlot * seconds) / SLOT_SECONDS);
}

/**
 * Spans overlap. What a span holds and the next one does not is its first part, less the next one's last, which is the first part of a
 * later span.
 */
function callsIn(part: number, spans: ReadonlyMap<number, number>): number {
  let calls = 0;
  for (const [span, booked] of spans) {
    const ahead = span - part;
    if (ahead >= 0 && ahead % PARTS_OF_SPAN === 0) calls += booked;
    if (ahead >= 1 && ahead % PARTS_OF_SPAN === 1) calls -= booked;
  }
  return calls;
}
