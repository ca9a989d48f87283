/** What the budget keeps for one quota key: what is booked, what was learnt, and whether an operator has paused it. */
import type { LifeTable } from '../schedule/life-table.ts';
import type { Bookings } from './bookings.ts';
import type { StartCounts } from './starts.ts';

export interface BudgetState {
  readonly bookings: Bookings;
  /** How long deliveries took. */
  readonly lives: LifeTable;
  /** When trackings began. */
  readonly starts: StartCounts;
  /** Since when no call may go out, ISO 8601; absent while calls may go out. */
  readonly pausedAt?: string | undefined;
  /** Private to the store: names of what is no longer needed there; its next change removes it. */
  readonly outdated: readonly string[];
}
