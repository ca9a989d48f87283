/** What the call budget lets a check do. Where the budget cannot be reached, checks go on without it. */
import { errorName, isThrottle } from '../../aws-error.ts';
import type { Lesson } from '../schedule/life-table.ts';
import type { Log } from '../telemetry/log.ts';
import type { Meter } from '../telemetry/meter.ts';
import type { Reservation } from './bookings.ts';
import type { BudgetState } from './budget-state.ts';
import type { CallBudget } from './call-budget.ts';

/** What the budget said of a quota key. */
export interface QuotaState {
  readonly quotaKey: string;
  readonly state: BudgetState;
}

export interface ClaimedCall {
  readonly granted: boolean;
  /** By when a call that is granted must leave, milliseconds since 1970; absent where nothing counts it. */
  readonly goodUntil?: number | undefined;
  /** Absent where the budget could not be reached. */
  readonly quota?: QuotaState;
}

interface Ports {
  readonly budget: CallBudget;
  readonly log: Log;
  readonly meter: Meter;
}

/** Asks for a call now. */
export async function claimCall(
  quotaKey: string,
  reservation: Reservation | undefined,
  ports: Ports,
): Promise<ClaimedCall> {
  try {
    const { granted, goodUntil, state } = await ports.budget.claim(quotaKey, reservation);
    return { granted, goodUntil, quota: { quotaKey, state } };
  } catch (error) {
    report(error, ports);
    // A table that answers "too fast" is crowded, not down, and calls without a reservation would crowd Kore instead.
    return { granted: !isThrottle(error) };
  }
}

/** What is known of a quota key; absent where the budget could not be reached. */
export async function readBudget(quotaKey: string, ports: Ports): Promise<QuotaState | undefined> {
  try {
    return { quotaKey, state: await ports.budget.read(quotaKey) };
  } catch (error) {
    report(error, ports);
    return undefined;
  }
}

/** Asks for a call later; without one, the next check asks when it wakes. */
export async function reserveCall(
  quota: QuotaState | undefined,
  wishedAt: number,
  lesson: Lesson | undefined,
  ports: Ports,
): Promise<Reservation | undefined> {
  if (quota === undefined) return undefined;
  try {
    return await ports.budget.reserve(quota.quotaKey, wishedAt, quota.state, lesson);
  } catch (error) {
    report(error, ports);
    return undefined;
  }
}

/** Keeps what a check has taught where no reservation takes it along; nothing depends on it. */
export async function keepLesson(quota: QuotaState | undefined, lesson: Lesson, ports: Ports): Promise<void> {
  if (quota === undefined) return;
  try {
    await ports.budget.learn(quota.quotaKey, lesson, quota.state);
  } catch (error) {
    report(error, ports);
  }
}

function report(error: unknown, { log, meter }: Ports): void {
  meter.add('BudgetUnreachable', 1);
  log.warn('call budget unreachable, going on without it', {
    code: 'BUDGET_UNREACHABLE',
    error: errorName(error),
  });
}
