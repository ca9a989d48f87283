/** What the processes of a scenario share, over the project's stores in memory. */
import type { BudgetStore } from '../../../lambdas/check-delivery/budget/call-budget.ts';
import type { DeliveryLogInMemory } from '../../../testing/in-memory/delivery-log-in-memory.ts';
import type { FinalEventsInMemory } from '../../../testing/in-memory/final-events-in-memory.ts';
import type { Part } from './part.ts';
import { BOT, KORE_MOMENTS, REQUEST_ID, START } from './scenario.ts';

/** So that no two checks ask within the two seconds in which nobody knows which was first. */
const BETWEEN_ASKS_MS = 3_000;

export interface BudgetPart extends Part {
  readonly store: BudgetStore;
  pass(): void;
  waitUntil(time: number): void;
}

/** The bookings, and the time: it passes as a call is claimed, and a check asks Kore right after. */
export function budgetPart(store: BudgetStore): BudgetPart {
  const reserved = new Map<number, number>();
  const spent = new Set<string>();
  let time = START;
  let wrong: string | undefined;
  return {
    store: {
      ...store,
      async book(bot, booking) {
        const taken = await store.book(bot, booking);
        const { slot, isReservation } = booking;
        if (taken !== 'full' && isReservation) reserved.set(slot, (reserved.get(slot) ?? 0) + 1);
        return taken;
      },
      async spend(bot, reservation, now) {
        const state = await store.spend(bot, reservation, now);
        if (state === 'spent') return state;
        const { slot, number } = reservation;
        if (number > (reserved.get(slot) ?? 0)) wrong = 'a reservation is spent that nobody made';
        if (spent.has(`${slot}/${number}`)) wrong = 'a reservation is spent twice';
        spent.add(`${slot}/${number}`);
        return state;
      },
    },
    pass() {
      time += BETWEEN_ASKS_MS;
    },
    waitUntil(until) {
      time = Math.max(time, until);
    },
    now: () => time,
    wrong: () => wrong,
    content: async () => [await store.read(BOT, time), [...spent].sort()],
  };
}

export interface KorePart extends Part {
  moment: number;
}

export function korePart(): KorePart {
  const kore: KorePart = { moment: KORE_MOMENTS[0], content: () => kore.moment };
  return kore;
}

export interface LogPart extends Part {
  readonly deliveryLog: DeliveryLogInMemory;
}

export function rowsPart(deliveryLog: DeliveryLogInMemory): LogPart {
  const sorted = () => deliveryLog.rowsOf(REQUEST_ID).sort((a, b) => (a.logId < b.logId ? -1 : 1));
  return { deliveryLog, content: sorted };
}

export function summaryPart(deliveryLog: DeliveryLogInMemory): LogPart {
  return { deliveryLog, content: () => deliveryLog.summaryOf(REQUEST_ID) };
}

export interface EndPart extends Part {
  readonly finalEvents: FinalEventsInMemory;
}

export function endPart(finalEvents: FinalEventsInMemory, arn: string): EndPart {
  return { finalEvents, content: () => finalEvents.rowOf(arn) };
}

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

export interface ExecutionPart extends Part {
  status: Status;
  outcome?: string;
  /** Ends it, unless it has ended. */
  end(status: Status, outcome?: string): Status;
}

export function executionPart(): ExecutionPart {
  const execution: ExecutionPart = {
    status: 'RUNNING',
    end(status, outcome) {
      if (execution.status !== 'RUNNING') return execution.status;
      execution.status = status;
      if (outcome !== undefined) execution.outcome = outcome;
      return status;
    },
    content: () => ({ status: execution.status, outcome: execution.outcome }),
  };
  return execution;
}

export interface BusPart extends Part {
  announce(detail: string): void;
  tell(detail: string, isItsOwn: boolean): void;
}

/** What of it is judged. */
export interface Heard {
  /** Final events. */
  readonly events: readonly string[];
  /** Announcements before the first of them. */
  readonly announced: readonly string[];
  /** Whether the execution itself published the first. */
  readonly isFirstItsOwn: boolean | undefined;
}

export function busPart(): BusPart {
  const events: string[] = [];
  const announced: string[] = [];
  let isFirstItsOwn: boolean | undefined;
  return {
    announce(detail) {
      if (events.length === 0) announced.push(detail);
    },
    tell(detail, isItsOwn) {
      isFirstItsOwn ??= isItsOwn;
      events.push(detail);
    },
    content: (): Heard => ({ events: [...events], announced: [...announced], isFirstItsOwn }),
  };
}
