/** A notification in the careless world: what Kore, its attempts and its checks have in common. */
import type { BudgetStore } from '../../../lambdas/check-delivery/budget/call-budget.ts';
import type { CheckAnswer } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import type { DeliveryLogInMemory } from '../../../testing/in-memory/delivery-log-in-memory.ts';
import type { FinalEventsInMemory } from '../../../testing/in-memory/final-events-in-memory.ts';
import type { Course } from './course.ts';
import type { Answer } from './kore.ts';
import type { CarelessFault, CarelessNotification, CarelessPlace, CarelessWay } from './plan.ts';
import type { Circumstances } from './process.ts';

export interface Notification extends Circumstances {
  readonly requestId: string;
  readonly planned: CarelessNotification;
  readonly campaignId: string | undefined;
  readonly course: Course;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  readonly stores: Stores;
  /** All answers of Kore's that a check has got. */
  readonly answers: Answer[];
  /** All checks that have told an end. */
  readonly tellers: CarelessCheck[];
  /** All that was written to its rows, in order. */
  readonly writes: RowWritten[];
}

/** One run of the function. */
export interface CarelessCheck {
  /** Milliseconds since 1970. */
  readonly beganAt: number;
  /** What it returned. */
  answer?: CheckAnswer;
  /** Its log says that failures may not be announced. */
  hasWarned: boolean;
}

export interface RowWritten {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly logId: string;
  readonly status: string;
  readonly by: CarelessCheck;
  /** The check has heard of it. */
  isConfirmed: boolean;
}

export interface Stores {
  readonly deliveryLog: DeliveryLogInMemory;
  readonly finalEvents: FinalEventsInMemory;
  readonly budgetStore: BudgetStore;
}

export interface Faults<Place extends string = CarelessPlace> {
  /** The fault that this arrival at the place meets. */
  arrive(place: Place): CarelessWay | undefined;
}

/** @param onArrival hears of each arrival, counted from 0 for each place. */
export function faultsOf<Place extends string>(
  faults: readonly CarelessFault<Place>[],
  onArrival = (_place: Place, _arrival: number) => {},
): Faults<Place> {
  const arrivals = new Map<Place, number>();
  return {
    arrive(place) {
      const arrival = arrivals.get(place) ?? 0;
      arrivals.set(place, arrival + 1);
      onArrival(place, arrival);
      return faults.find((fault) => fault.place === place && fault.arrival === arrival)?.way;
    },
  };
}
