/** How many calls fit into a slot and into an hour, so that no rolling window of Kore.ai's ever holds too many. */

/** Both hold at once, for one bot, rolling (Kore.ai docs, Rate Limits: 600 in any 60 s and 18,000 in any 3,600 s). */
export interface CallLimits {
  readonly short: CallWindow;
  readonly long: CallWindow;
}

export interface CallWindow {
  readonly seconds: number;
  readonly calls: number;
}

export const KORE_LIMITS: CallLimits = {
  short: { seconds: 60, calls: 600 },
  long: { seconds: 3_600, calls: 18_000 },
};

/** Calls are reserved in slots of this length. */
export const SLOT_SECONDS = 5;
/** A reservation is good from the beginning of its slot for this long. */
export const FRESH_SECONDS = 8;
/** By how much a Lambda's clock may be wrong, either way. */
const SKEW_SECONDS = 1;
/**
 * From the last look at the clock, when the connection is there, until Kore counts the call. That is the network's affair: the
 * limits hold as long as this and twice the skew are no more than 7 s together (docs/scaling.md).
 */
const TRANSIT_SECONDS = 3;
/** Between the earliest and the latest moment at which Kore may count a call of one slot. */
const SPREAD_SECONDS = FRESH_SECONDS + 2 * SKEW_SECONDS + TRANSIT_SECONDS;

/** The long window is counted in twelfths; thirteen of them, a span, hold any long window but for its spread. */
export const PARTS_OF_SPAN = 13;

/** What of the limits can be booked. */
export interface Capacity {
  readonly callsInSlot: number;
  readonly callsInSpan: number;
  readonly slotsInPart: number;
}

/**
 * A short window holds calls of at most `slotsTouchedBy` slots. A long one holds those of a span, and what the spread
 * carries into it from the slots beside: three.
 */
export function capacityOf({ short, long }: CallLimits): Capacity {
  const callsInSlot = Math.floor(short.calls / slotsTouchedBy(short.seconds));
  return {
    callsInSlot,
    callsInSpan: long.calls - slotsTouchedBy(0) * callsInSlot,
    slotsInPart: Math.ceil(long.seconds / (PARTS_OF_SPAN - 1) / SLOT_SECONDS),
  };
}

function slotsTouchedBy(seconds: number): number {
  return Math.floor((seconds + SPREAD_SECONDS) / SLOT_SECONDS) + 1;
}

/** Number of the slot that holds `time`, in milliseconds since 1970. */
export function slotAt(time: number): number {
  return Math.floor(time / 1000 / SLOT_SECONDS);
}

/** Milliseconds since 1970 at which a slot begins. */
export function beginningOf(slot: number): number {
  return slot * SLOT_SECONDS * 1000;
}

/** Number of the part of the long window that a slot lies in. */
export function partOf(slot: number, { slotsInPart }: Capacity): number {
  return Math.floor(slot / slotsInPart);
}

/** The spans that hold a slot, each named by its first part. */
export function spansWith(slot: number, capacity: Capacity): number[] {
  const part = partOf(slot, capacity);
  return Array.from({ length: PARTS_OF_SPAN }, (_, i) => part - i);
}
