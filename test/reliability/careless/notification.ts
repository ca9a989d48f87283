/** A notification in the careless world: what Kore, its attempts and its checks have in common. */
import type { BudgetStore } from '../../../lambdas/check-delivery/budget/call-budget.ts';
import type { DeliveryLogInMemory } from '../../../testing/in-memory/delivery-log-in-memory.ts';
import type { FinalEventsInMemory } from '../../../testing/in-memory/final-events-in-memory.ts';
import type { Course } from './course.ts';
import type { Answer } from './kore.ts';
import type { CarelessNotification, CarelessPlace, CarelessWay } from './plan.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface Notification {
  readonly requestId: string;
  readonly planned: CarelessNotification;
  readonly course: Course;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly stores: Stores;
  readonly faults: Faults;
  /** All answers of Kore's that a check has got. */
  readonly answers: Answer[];
}

export interface Stores {
  readonly deliveryLog: DeliveryLogInMemory;
  readonly finalEvents: FinalEventsInMemory;
  readonly budgetStore: BudgetStore;
}

export interface Faults {
  /** The fault that this arrival at the place meets. */
  arrive(place: CarelessPlace): CarelessWay | undefined;
}

export function faultsOf({ faults }: CarelessNotification): Faults {
  const arrivals = new Map<CarelessPlace, number>();
  return {
    arrive(place) {
      const arrival = arrivals.get(place) ?? 0;
      arrivals.set(place, arrival + 1);
      return faults.find((fault) => fault.place === place && fault.arrival === arrival)?.way;
    },
  };
}
