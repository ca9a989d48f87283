/** What the call budget lets a check do, its own troubles included: where it cannot be reached, checks go on without. */
import type { CallBudget } from './call-budget.ts';
import type { Ledger, Reservation } from './ledger.ts';
import type { Lesson } from './life-table.ts';
import type { Log } from './log.ts';
import type { Meter } from './meter.ts';
import { isThrottle } from './throttle.ts';

/** What the budget said of a bot. */
export interface BudgetSight {
  readonly bot: string;
  readonly ledger: Ledger;
}

export interface Permit {
  readonly granted: boolean;
  /** By when a call that is granted must leave, milliseconds since 1970; absent where nothing counts it. */
  readonly goodUntil?: number | undefined;
  /** Absent where the budget could not be reached. */
  readonly budget?: BudgetSight;
}

interface BudgetWorld {
  readonly budget: CallBudget;
  readonly log: Log;
  readonly meter: Meter;
}

/** Asks for a call now. */
export async function permitFor(
  bot: string,
  reservation: Reservation | undefined,
  world: BudgetWorld,
): Promise<Permit> {
  try {
    const { granted, goodUntil, ledger } = await world.budget.claim(bot, reservation);
    return { granted, goodUntil, budget: { bot, ledger } };
  } catch (error) {
    report(error, world);
    // A table that answers "too fast" is crowded, not down, and calls without a reservation would crowd Kore instead.
    return { granted: !isThrottle(error) };
  }
}

/** Asks for a call later; without one, the next check asks when it wakes. */
export async function reserveNext(
  sight: BudgetSight | undefined,
  wishedAt: number,
  lesson: Lesson | undefined,
  world: BudgetWorld,
): Promise<Reservation | undefined> {
  if (sight === undefined) return undefined;
  try {
    return await world.budget.reserve(sight.bot, wishedAt, sight.ledger, lesson);
  } catch (error) {
    report(error, world);
    return undefined;
  }
}

/** Keeps what an end has taught; nothing depends on it. */
export async function remember(
  sight: BudgetSight | undefined,
  lesson: Lesson,
  world: BudgetWorld,
): Promise<void> {
  if (sight === undefined) return;
  try {
    await world.budget.learn(sight.bot, lesson, sight.ledger);
  } catch (error) {
    report(error, world);
  }
}

function report(error: unknown, { log, meter }: BudgetWorld): void {
  meter.add('BudgetUnreachable', 1);
  log.warn('call budget unreachable, going on without it', {
    code: 'BUDGET_UNREACHABLE',
    error: error instanceof Error ? error.name : 'unknown error',
  });
}
