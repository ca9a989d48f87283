import { NO_BOOKINGS } from '../../../lambdas/check-delivery/budget/bookings.ts';
import type { BudgetState } from '../../../lambdas/check-delivery/budget/budget-state.ts';
import { NO_STARTS } from '../../../lambdas/check-delivery/budget/starts.ts';
import { EMPTY_TABLE } from '../../../lambdas/check-delivery/schedule/life-table.ts';

/** Of a quota key of which nothing is known. */
export const EMPTY_STATE: BudgetState = {
  bookings: NO_BOOKINGS,
  lives: EMPTY_TABLE,
  starts: NO_STARTS,
  outdated: [],
};
