/** The bookings as a check meets them, and whether each of its calls to Kore was counted before. */
import {
  type BudgetStore,
  type BudgetTime,
  type CallBudget,
  callBudget,
} from '../../../lambdas/check-delivery/budget/call-budget.ts';
import { capacity } from '../careless/invocation.ts';
import type { BudgetPart } from './parts.ts';
import { READING, type Request } from './requests.ts';

export interface CountedBudget extends CallBudget {
  /** A call goes out; returns whether it may. */
  isCounted(): boolean;
}

export function countedBudget(request: Request, world: BudgetTime): CountedBudget {
  let mayCall = false;
  const failing = (budget: BudgetPart) => budget.pass();
  const pass = <T>(doing: (store: BudgetStore) => T) => ({
    part: 'budget',
    doing: (budget: BudgetPart) => {
      budget.pass();
      return doing(budget.store);
    },
    failing,
  });

  /** Grants a call, but for the answer that says no; a check whose bookings cannot be reached goes on without. */
  async function granting<T>(answer: Promise<T>): Promise<T> {
    try {
      const given = await answer;
      mayCall = typeof given !== 'string';
      return given;
    } catch (error) {
      mayCall = true;
      throw error;
    }
  }

  const store: BudgetStore = {
    read: (bot, now) => {
      const read = request<Awaited<ReturnType<BudgetStore['read']>>>({
        place: 'reads the bookings',
        ...pass((budgetStore) => budgetStore.read(bot, now)),
        faults: READING,
      });
      read.catch(() => {
        mayCall = true;
      });
      return read;
    },
    book: (bot, booking) =>
      granting(
        request({
          place: booking.isReservation ? 'reserves a call' : 'books a call',
          args: [booking.slot, booking.open, booking.isReservation, booking.lesson],
          ...pass((budgetStore) => budgetStore.book(bot, booking)),
        }),
      ),
    spend: (bot, reservation, now) =>
      granting(
        request({
          place: 'spends its reservation',
          args: [reservation],
          ...pass((budgetStore) => budgetStore.spend(bot, reservation, now)),
        }),
      ),
    learn: (bot, lesson, state, now) =>
      request({
        place: 'keeps what it has learnt',
        part: 'budget',
        args: [lesson],
        doing: (budget: BudgetPart) => budget.store.learn(bot, lesson, state, now),
      }),
  };
  const budget = callBudget(store, capacity, world);
  return {
    ...budget,
    claim(bot, reservation) {
      mayCall = false;
      return budget.claim(bot, reservation);
    },
    isCounted() {
      const isCounted = mayCall;
      mayCall = false;
      return isCounted;
    },
  };
}
