/** Call budgets without a database, for simulations of whole campaigns; the same tests hold it to what DynamoDB does. */

import type { BudgetState } from '../../lambdas/check-delivery/budget/budget-state.ts';
import type { Booking, BudgetStore } from '../../lambdas/check-delivery/budget/call-budget.ts';
import {
  type Capacity,
  PARTS_OF_SPAN,
  slotAt,
  spansWith,
} from '../../lambdas/check-delivery/budget/call-limits.ts';
import {
  COARSE_SECONDS,
  FINE_SECONDS,
  oldestStretches,
  stretchOf,
} from '../../lambdas/check-delivery/budget/starts.ts';
import { changesBy, type Lesson } from '../../lambdas/check-delivery/schedule/life-table.ts';

/** Slots are forgotten once they are this many back; as long as the item in DynamoDB keeps them. */
const SLOTS_KEPT = 60;

export function budgetInMemory(capacity: Capacity): BudgetStore {
  const items = new Map<string, Item>();
  const itemOf = (bot: string) => {
    const item = items.get(bot) ?? new Item();
    items.set(bot, item);
    return item;
  };
  return {
    read: async (bot) => itemOf(bot).state(),
    async book(bot, booking) {
      const item = itemOf(bot);
      return item.book(booking, capacity) ? item.state() : 'full';
    },
    async spend(bot, { slot, number }) {
      const item = itemOf(bot);
      return item.spend(slot, number) ? item.state() : 'spent';
    },
    async learn(bot, lesson) {
      itemOf(bot).learn(lesson);
    },
  };
}

class Item {
  readonly #slots = new Map<number, number>();
  readonly #reserved = new Map<number, number>();
  readonly #spans = new Map<number, number>();
  readonly #spent = new Set<string>();
  readonly #lived: number[] = [];
  readonly #ended: number[] = [];
  readonly #fine = new Map<number, number>();
  readonly #coarse = new Map<number, number>();
  #oldestSlot = Number.POSITIVE_INFINITY;

  /** A copy, as from a database: it does not change under its reader. */
  state(): BudgetState {
    return {
      bookings: {
        slots: new Map(this.#slots),
        reserved: new Map(this.#reserved),
        spans: new Map(this.#spans),
      },
      starts: { fine: new Map(this.#fine), coarse: new Map(this.#coarse) },
      lives: { lived: [...this.#lived], ended: [...this.#ended] },
      outdated: [],
    };
  }

  book({ slot, open, isReservation, lesson, now }: Booking, capacity: Capacity): boolean {
    const spans = spansWith(slot, capacity);
    const isFull = spans.some((span) => (this.#spans.get(span) ?? 0) >= capacity.callsInSpan);
    if (isFull || (this.#slots.get(slot) ?? 0) >= open) return false;
    add(this.#slots, slot);
    if (isReservation) add(this.#reserved, slot);
    for (const span of spans) add(this.#spans, span);
    if (lesson !== undefined) this.learn(lesson);
    this.#forgetBefore(slotAt(now) - SLOTS_KEPT, capacity);
    return true;
  }

  spend(slot: number, number: number): boolean {
    const reservation = `${slot}/${number}`;
    if (number > (this.#reserved.get(slot) ?? 0) || this.#spent.has(reservation)) return false;
    this.#spent.add(reservation);
    return true;
  }

  learn(lesson: Lesson): void {
    const { startedAt } = lesson;
    if (startedAt !== undefined) this.#begin(startedAt);
    const changes = changesBy(lesson, { lived: this.#lived, ended: this.#ended });
    for (const change of changes) {
      this.#lived[change.age] = (this.#lived[change.age] ?? 0) + change.lived;
      this.#ended[change.age] = (this.#ended[change.age] ?? 0) + change.ended;
    }
  }

  #begin(startedAt: number): void {
    add(this.#fine, stretchOf(startedAt, FINE_SECONDS));
    add(this.#coarse, stretchOf(startedAt, COARSE_SECONDS));
    const oldest = oldestStretches(startedAt);
    for (const stretch of this.#fine.keys()) if (stretch < oldest.fine) this.#fine.delete(stretch);
    for (const stretch of this.#coarse.keys()) if (stretch < oldest.coarse) this.#coarse.delete(stretch);
  }

  #forgetBefore(oldest: number, { slotsInPart }: Capacity): void {
    for (let slot = Math.min(this.#oldestSlot, oldest); slot < oldest; slot += 1) {
      this.#slots.delete(slot);
      this.#reserved.delete(slot);
    }
    this.#oldestSlot = oldest;
    for (const span of this.#spans.keys()) {
      if (span < Math.floor(oldest / slotsInPart) - PARTS_OF_SPAN) this.#spans.delete(span);
    }
  }
}

function add(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
