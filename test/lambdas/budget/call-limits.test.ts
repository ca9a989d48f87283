import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginningOf,
  type CallLimits,
  type Capacity,
  capacityOf,
  KORE_LIMITS,
  partOf,
  SLOT_SECONDS,
  slotAt,
  spansWith,
} from '../../../lambdas/check-delivery/budget/call-limits.ts';

/** Seconds from the beginning of its slot within which Kore counts a call. */
const EARLIEST = -1;
const LATEST = 12;

describe('the capacity', () => {
  it("is 40 calls in a slot of five seconds, and 17,880 in a span of thirteen parts, for Kore.ai's limits", () => {
    expect(capacityOf(KORE_LIMITS)).toEqual({ callsInSlot: 40, callsInSpan: 17_880, slotsInPart: 60 });
  });

  it('is not beyond what Kore.ai allows, wherever within its spread a call is counted', () => {
    fc.assert(
      fc.property(anyLimits, anyRush, (limits, rush) => {
        const calls = bookedBy(rush, capacityOf(limits));

        expect(mostInAnyWindow(calls, limits.short.seconds)).toBeLessThanOrEqual(limits.short.calls);
        expect(mostInAnyWindow(calls, limits.long.seconds)).toBeLessThanOrEqual(limits.long.calls);
      }),
    );
  });

  it('lets a rush take nearly all of both windows', () => {
    const rush = [{ from: 0, slots: SLOTS, callsInSlot: 1_000 }];
    const calls = bookedBy(rush, capacityOf(KORE_LIMITS));

    expect(mostInAnyWindow(calls, 60)).toBeGreaterThan(0.95 * 600);
    expect(mostInAnyWindow(calls, 3_600)).toBeGreaterThan(0.95 * 18_000);
  });
});

describe('a slot', () => {
  const anyTime = fc.integer({ min: 0, max: Date.parse('2100-01-01T00:00:00Z') });

  it('holds the times from its beginning to that of the next', () => {
    fc.assert(
      fc.property(anyTime, (time) => {
        const slot = slotAt(time);
        expect(beginningOf(slot)).toBeLessThanOrEqual(time);
        expect(beginningOf(slot + 1)).toBeGreaterThan(time);
      }),
    );
  });

  it('lies in thirteen spans, and so do the slots of the twelve parts beside it', () => {
    const capacity = capacityOf(KORE_LIMITS);
    const slot = slotAt(Date.parse('2026-05-26T05:53:22.883Z'));
    const part = partOf(slot, capacity);

    expect(spansWith(slot, capacity)).toHaveLength(13);
    expect(spansWith(slot, capacity)).toContain(part);
    expect(spansWith(slot + 12 * capacity.slotsInPart, capacity)).toContain(part);
    expect(spansWith(slot + 13 * capacity.slotsInPart, capacity)).not.toContain(part);
    expect(spansWith(slot - capacity.slotsInPart, capacity)).not.toContain(part);
  });
});

/** Long windows that part evenly, and that do not. */
const anyLimits: fc.Arbitrary<CallLimits> = fc
  .record({
    shortSeconds: fc.constantFrom(60, 30, 57),
    longSeconds: fc.constantFrom(3_600, 1_800, 700),
    perShort: fc.integer({ min: 15, max: 600 }),
    more: fc.integer({ min: 0, max: 17_400 }),
  })
  .map(({ shortSeconds, longSeconds, perShort, more }) => ({
    short: { seconds: shortSeconds, calls: perShort },
    long: { seconds: longSeconds, calls: perShort + more },
  }));

/** Wishes for calls: so many in each of so many slots. */
interface Burst {
  readonly from: number;
  readonly slots: number;
  readonly callsInSlot: number;
}

const SLOTS = 1_700;
const anyBurst: fc.Arbitrary<Burst> = fc.record({
  from: fc.integer({ min: 0, max: SLOTS - 1 }),
  slots: fc.integer({ min: 1, max: SLOTS }),
  callsInSlot: fc.oneof(fc.constant(1_000), fc.integer({ min: 1, max: 60 })),
});
const anyRush = fc.array(anyBurst, { minLength: 1, maxLength: 6 });

/** Grants every wish for which the slot and all its spans have room, in the order of the wishes. */
function bookedBy(rush: readonly Burst[], capacity: Capacity): number[] {
  const bySlot = Array.from({ length: SLOTS }, () => 0);
  const bySpan = new Map<number, number>();
  for (const { from, slots, callsInSlot } of rush) {
    for (let slot = from; slot < Math.min(SLOTS, from + slots); slot += 1) {
      const spans = spansWith(slot, capacity);
      const room = Math.min(
        callsInSlot,
        capacity.callsInSlot - (bySlot[slot] ?? 0),
        ...spans.map((span) => capacity.callsInSpan - (bySpan.get(span) ?? 0)),
      );
      bySlot[slot] = (bySlot[slot] ?? 0) + room;
      for (const span of spans) bySpan.set(span, (bySpan.get(span) ?? 0) + room);
    }
  }
  return bySlot;
}

/**
 * The most calls that a closed window can hold, if each is counted at the worst moment of its spread. A window that holds
 * the most can be moved on until it begins at the last moment of a slot.
 */
function mostInAnyWindow(bySlot: readonly number[], seconds: number): number {
  const before = [0];
  for (const calls of bySlot) before.push((before.at(-1) ?? 0) + calls);
  return Math.max(
    ...bySlot.map((_, first) => {
      const end = first * SLOT_SECONDS + LATEST + seconds;
      const last = Math.min(bySlot.length - 1, Math.floor((end - EARLIEST) / SLOT_SECONDS));
      return (before[last + 1] ?? 0) - (before[first] ?? 0);
    }),
  );
}
