/** The bookings as a check meets them, and whether each of its calls to Kore was counted before. */
import {
  type BudgetWorld,
  type CallBudget,
  callBudget,
  type LedgerStore,
} from '../../../lambdas/check-delivery/call-budget.ts';
import { capacity } from '../careless/invocation.ts';
import type { BudgetPart } from './parts.ts';
import { READING, type Request } from './requests.ts';

export interface CountedBudget extends CallBudget {
  /** A call goes out; returns whether it may. */
  isCounted(): boolean;
}

export function countedBudget(request: Request, world: BudgetWorld): CountedBudget {
  let mayCall = false;
  const failing = (budget: BudgetPart) => budget.pass();
  const pass = <T>(doing: (store: LedgerStore) => T) => ({
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

  const store: LedgerStore = {
    read: (bot, now) => {
      const read = request<Awaited<ReturnType<LedgerStore['read']>>>({
        place: 'reads the bookings',
        ...pass((ledgers) => ledgers.read(bot, now)),
        faults: READING,
      });
      read.catch(() => {
        mayCall = true;
      });
      return read;
    },
    take: (bot, taking) =>
      granting(
        request({
          place: taking.isReservation ? 'reserves a call' : 'books a call',
          args: [taking.slot, taking.open, taking.isReservation, taking.lesson],
          ...pass((ledgers) => ledgers.take(bot, taking)),
        }),
      ),
    spend: (bot, reservation, now) =>
      granting(
        request({
          place: 'spends its reservation',
          args: [reservation],
          ...pass((ledgers) => ledgers.spend(bot, reservation, now)),
        }),
      ),
    learn: (bot, lesson, ledger, now) =>
      request({
        place: 'keeps what it has learnt',
        part: 'budget',
        args: [lesson],
        doing: (budget: BudgetPart) => budget.store.learn(bot, lesson, ledger, now),
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
