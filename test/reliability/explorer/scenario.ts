/** What the explorer explores: a notification, its two attempts, and what the stores hold before. */
import type { BudgetStore } from '../../../lambdas/check-delivery/budget/call-budget.ts';
import { slotAt } from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { budgetInMemory } from '../../../testing/in-memory/budget-in-memory.ts';
import {
  type DeliveryLogInMemory,
  deliveryLogInMemory,
} from '../../../testing/in-memory/delivery-log-in-memory.ts';
import {
  type FinalEventsInMemory,
  finalEventsInMemory,
} from '../../../testing/in-memory/final-events-in-memory.ts';
import { type Course, koresId } from '../careless/course.ts';
import { capacity } from '../careless/invocation.ts';
import { type CarelessNotification, DEADLINE_SECONDS } from '../careless/plan.ts';

export const REQUEST_ID = 'ds-0';
export const BOT = 'st-0';
/** A slot begins. */
export const START = Date.parse('2026-01-01T00:00:00Z');
/** Seconds after the send: before the notification changes, and after. */
export const KORE_MOMENTS = [0, 10] as const;
/** In each recipient's address. */
export const CANARY = 'canary';
export const recipientOf = (log: number) => `${CANARY}.${log}@example.com`;

export interface Attempt {
  /** `A` or `B`. */
  readonly letter: string;
  readonly name: string;
  readonly arn: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly input: unknown;
  /** What its check gets: from the check before, or from the plan of the first. Without it, the attempt begins with its plan. */
  readonly state: unknown;
  /** Whether it announces failures. */
  readonly announces: boolean;
}

/** Each makes a new one. */
export interface Stores {
  budgetStore(): BudgetStore;
  deliveryLog(): DeliveryLogInMemory;
  finalEvents(): FinalEventsInMemory;
}

const GOOD_STORES: Stores = {
  budgetStore: () => budgetInMemory(capacity),
  deliveryLog: deliveryLogInMemory,
  finalEvents: finalEventsInMemory,
};

export interface Scenario {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly course: Course;
  readonly plan: CarelessNotification;
  readonly attempts: readonly Attempt[];
  readonly stores: Stores;
}

export interface Variant {
  /** Whether Kore names an end before it goes on. */
  readonly endsAtOnce?: boolean;
  /** Whether the checks come as the deadline passes. */
  readonly atDeadline?: boolean;
  /** Whether the first attempt comes with a reservation that nobody made. */
  readonly hasUnknownReservation?: boolean;
  /** Whether both attempts announce failures. */
  readonly announces?: boolean;
  /** Whether the second attempt plans its first check meanwhile, and checks after all else. It begins with that check, otherwise. */
  readonly plans?: boolean;
  readonly logs?: number;
  readonly stores?: Partial<Stores>;
}

export function scenarioOf({
  endsAtOnce,
  atDeadline,
  hasUnknownReservation,
  announces = false,
  plans = false,
  logs = 2,
  stores,
}: Variant): Scenario {
  const startedAt = new Date(START - (atDeadline ? DEADLINE_SECONDS : 60) * 1000).toISOString();
  const input = { requestId: REQUEST_ID, streamId: BOT };
  const attempt = (letter: string, name: string, state: unknown): Attempt => ({
    letter,
    name,
    arn: `arn:${name}`,
    startedAt,
    input,
    state,
    announces,
  });
  const reservation = { slot: slotAt(START), number: hasUnknownReservation ? 7 : 1 };
  const waiting = { outcome: 'waiting', request: input, progress: { checks: 1 }, reservation };
  const planned = { outcome: 'waiting', request: input, progress: { checks: 0 } };
  return {
    now: START,
    course: {
      logs: Array.from({ length: logs }, (_, i) => ({
        names: { _id: announces ? koresId(i) : `nl-${i}`, originalId: recipientOf(i), channel: 'sms' },
        versions: [
          { from: KORE_MOMENTS[0], version: 1, status: 'FAILURE' },
          { from: KORE_MOMENTS[1], version: 2, status: 'SUCCESS' },
        ],
        gone: [0, 0],
        isTwice: false,
      })),
      relapse: [0, 0],
      finalWord: 'SUCCESS',
    },
    plan: {
      seed: 0,
      startsAfter: 0,
      bot: 0,
      recipients: logs,
      takes: endsAtOnce ? 0 : KORE_MOMENTS[1],
      announces: 'nothing',
      reportsAfter: 0,
      interventions: [],
      faults: [],
    },
    attempts: [
      attempt('A', REQUEST_ID, waiting),
      attempt('B', `${REQUEST_ID}--2`, plans ? undefined : planned),
    ],
    stores: { ...GOOD_STORES, ...stores },
  };
}
