/** Ledgers without a database, for simulations of whole campaigns; the same tests hold it to what DynamoDB does. */
import type { LedgerStore, Taking } from '../../lambdas/check-delivery/call-budget.ts';
import { type Capacity, PARTS_OF_RUN, runsWith, slotAt } from '../../lambdas/check-delivery/call-limits.ts';
import type { Ledger } from '../../lambdas/check-delivery/ledger.ts';
import { EMPTY_TABLE, type Lesson, sumOfGenerations } from '../../lambdas/check-delivery/life-table.ts';

/** Slots are forgotten once they are this many back; as long as DynamoDB's ledgers remember them. */
const SLOTS_KEPT = 60;

export function ledgersInMemory(capacity: Capacity): LedgerStore {
  const books = new Map<string, Book>();
  const bookOf = (bot: string) => {
    const book = books.get(bot) ?? new Book();
    books.set(bot, book);
    return book;
  };
  return {
    read: async (bot) => bookOf(bot).ledger(),
    async take(bot, taking) {
      const book = bookOf(bot);
      return book.take(taking, capacity) ? book.ledger() : 'full';
    },
    async spend(bot, { slot, number }) {
      const book = bookOf(bot);
      return book.spend(slot, number) ? book.ledger() : 'spent';
    },
    async learn(bot, lesson) {
      bookOf(bot).learn(lesson);
    },
  };
}

class Book {
  readonly #slots = new Map<number, number>();
  readonly #reserved = new Map<number, number>();
  readonly #runs = new Map<number, number>();
  readonly #spent = new Set<string>();
  readonly #reached = new Map<number, number[]>();
  readonly #ended = new Map<number, number[]>();
  #lives: Pick<Ledger, 'lives' | 'generation'> = { lives: EMPTY_TABLE, generation: 0 };
  #oldestSlot = Number.POSITIVE_INFINITY;

  /** A copy, as from a database: it does not change under its reader. */
  ledger(): Ledger {
    return {
      slots: new Map(this.#slots),
      reserved: new Map(this.#reserved),
      runs: new Map(this.#runs),
      ...this.#lives,
      outdated: [],
    };
  }

  take({ slot, open, isReservation, lesson, now }: Taking, capacity: Capacity): boolean {
    const runs = runsWith(slot, capacity);
    const isFull = runs.some((run) => (this.#runs.get(run) ?? 0) >= capacity.callsInRun);
    if (isFull || (this.#slots.get(slot) ?? 0) >= open) return false;
    add(this.#slots, slot);
    if (isReservation) add(this.#reserved, slot);
    for (const run of runs) add(this.#runs, run);
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

  learn({ reached, ended }: Lesson): void {
    const { generation } = this.#lives;
    for (const age of reached) count(this.#reached, generation, age);
    if (ended !== undefined) count(this.#ended, generation, ended);
    this.#lives = sumOfGenerations(this.#reached, this.#ended);
  }

  #forgetBefore(oldest: number, { slotsInPart }: Capacity): void {
    for (let slot = Math.min(this.#oldestSlot, oldest); slot < oldest; slot += 1) {
      this.#slots.delete(slot);
      this.#reserved.delete(slot);
    }
    this.#oldestSlot = oldest;
    for (const run of this.#runs.keys()) {
      if (run < Math.floor(oldest / slotsInPart) - PARTS_OF_RUN) this.#runs.delete(run);
    }
  }
}

function add(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function count(counts: Map<number, number[]>, generation: number, age: number): void {
  const ofGeneration = counts.get(generation) ?? [];
  ofGeneration[age] = (ofGeneration[age] ?? 0) + 1;
  counts.set(generation, ofGeneration);
}
