import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bookings,
  freeSlot,
  isFree,
  NO_BOOKINGS,
  openIn,
} from '../../../lambdas/check-delivery/budget/bookings.ts';
import { type Capacity, slotAt, spansWith } from '../../../lambdas/check-delivery/budget/call-limits.ts';

const CAPACITY: Capacity = { callsInSlot: 40, callsInSpan: 17_880, slotsInPart: 60 };
const NOW = Date.parse('2026-01-01T12:00:00Z');
const SLOT = slotAt(NOW);

function bookingsWith({ slots = [], spans = [] }: { slots?: Calls; spans?: Calls } = {}): Bookings {
  return { ...NO_BOOKINGS, slots: new Map(slots), spans: new Map(spans) };
}
type Calls = readonly (readonly [number, number])[];

/** A state in which one of the spans that hold `SLOT` is booked to this share. */
function usedTo(share: number, span = spansWith(SLOT, CAPACITY)[0] ?? 0): Bookings {
  return bookingsWith({ spans: [[span, Math.floor(share * CAPACITY.callsInSpan)]] });
}

/** A state in which these slots hold as many calls as they can. */
function fullIn(...slots: readonly number[]): Bookings {
  return bookingsWith({ slots: slots.map((slot) => [slot, CAPACITY.callsInSlot]) });
}

const anyShare = fc.integer({ min: 0, max: 9_999 }).map((share) => share / 10_000);
const anyRandom = anyShare;

describe('a slot', () => {
  it('is open to its last call as long as the hour has one', () => {
    fc.assert(
      fc.property(anyShare, (share) => {
        expect(openIn(SLOT, usedTo(share), CAPACITY, false)).toBe(40);
      }),
    );
  });

  it('is shut when the hour is used up', () => {
    expect(openIn(SLOT, usedTo(1), CAPACITY, false)).toBe(0);
    expect(openIn(SLOT, usedTo(1), CAPACITY, true)).toBe(0);
    expect(isFree(SLOT, usedTo(1), CAPACITY, false)).toBe(false);
  });

  it.each(spansWith(SLOT, CAPACITY))('is shut when span %i is full, whatever the others hold', (span) => {
    expect(openIn(SLOT, usedTo(1, span), CAPACITY, false)).toBe(0);
  });

  it('does not mind spans that it is not in', () => {
    const part = spansWith(SLOT, CAPACITY)[0] ?? 0;

    expect(openIn(SLOT, usedTo(1, part + 1), CAPACITY, false)).toBe(40);
    expect(openIn(SLOT, usedTo(1, part - 13), CAPACITY, false)).toBe(40);
  });

  it('keeps 3 % of its calls from those who book ahead', () => {
    expect(openIn(SLOT, bookingsWith(), CAPACITY, true)).toBe(39);
    expect(openIn(SLOT, bookingsWith(), { ...CAPACITY, callsInSlot: 1_000 }, true)).toBe(970);
  });

  it('has a call for those who book ahead even where it has but one', () => {
    expect(openIn(SLOT, usedTo(0.99), { ...CAPACITY, callsInSlot: 1 }, true)).toBe(1);
  });

  it('is free while it holds fewer calls than are open', () => {
    expect(isFree(SLOT, bookingsWith({ slots: [[SLOT, 39]] }), CAPACITY, false)).toBe(true);
    expect(isFree(SLOT, bookingsWith({ slots: [[SLOT, 40]] }), CAPACITY, false)).toBe(false);
  });
});

describe('the free slot', () => {
  it('is the one that was wished for, if it is free', () => {
    expect(freeSlot(SLOT, 1, 0.9, bookingsWith(), CAPACITY)).toBe(SLOT);
  });

  it('is the first that is free after it, if it is not', () => {
    expect(freeSlot(SLOT, 1, 0.9, fullIn(SLOT, SLOT + 1, SLOT + 3), CAPACITY)).toBe(SLOT + 2);
  });

  it('is one of the first so many where others compete for it', () => {
    fc.assert(
      fc.property(anyRandom, fc.integer({ min: 1, max: 64 }), (random, among) => {
        const slot = freeSlot(SLOT, among, random, fullIn(SLOT), CAPACITY);
        expect(slot).toBeGreaterThan(SLOT);
        expect(slot).toBeLessThanOrEqual(SLOT + among);
      }),
    );
  });

  it('is each of them as often as it has calls left', () => {
    const state = bookingsWith({ slots: [[SLOT, 26]] });
    const times = 3_000;

    const chosen = Array.from({ length: times }, (_, i) => freeSlot(SLOT, 2, i / times, state, CAPACITY));

    expect(chosen.filter((slot) => slot === SLOT).length).toBeCloseTo(times / 4, -1);
    expect(chosen.filter((slot) => slot === SLOT + 1).length).toBeCloseTo((3 * times) / 4, -1);
  });

  it('is the second from where the share of the first ends', () => {
    expect(freeSlot(SLOT, 2, 0.499, bookingsWith(), CAPACITY)).toBe(SLOT);
    expect(freeSlot(SLOT, 2, 0.5, bookingsWith(), CAPACITY)).toBe(SLOT + 1);
  });

  it('is in the next part of the hour if this one is used up', () => {
    const part = Math.floor(SLOT / CAPACITY.slotsInPart);
    const nextPart = (part + 1) * CAPACITY.slotsInPart;

    expect(freeSlot(SLOT + 7, 1, 0, usedTo(1, part - 12), CAPACITY)).toBe(nextPart);
    expect(freeSlot(SLOT + 7, 1, 0, usedTo(1, part), CAPACITY)).toBe(nextPart + 12 * CAPACITY.slotsInPart);
  });

  it('is free whatever the state holds', () => {
    const around = fc.integer({ min: SLOT - 10, max: SLOT + 80 });
    const anyBookings = fc
      .record({
        slots: fc.array(fc.tuple(around, fc.integer({ min: 0, max: 40 })), { maxLength: 60 }),
        spans: fc.array(
          fc.tuple(fc.constantFrom(...spansWith(SLOT, CAPACITY)), fc.integer({ min: 0, max: 17_880 })),
        ),
      })
      .map(bookingsWith);
    fc.assert(
      fc.property(anyBookings, fc.constantFrom(1, 8, 64), anyRandom, (state, among, random) => {
        const slot = freeSlot(SLOT, among, random, state, CAPACITY);
        expect(slot).toBeGreaterThanOrEqual(SLOT);
        expect(isFree(slot, state, CAPACITY, true)).toBe(true);
      }),
    );
  });
});
