/** A scenario as parts that are shared and processes that share them. */

import { openIn } from '../../../lambdas/check-delivery/budget/bookings.ts';
import { slotAt } from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { capacity } from '../careless/invocation.ts';
import type { StepFunctions } from '../careless/step-functions.ts';
import { backstop } from './backstop.ts';
import { type Explorable, explorable, type FreshParts } from './moment.ts';
import {
  budgetPart,
  busPart,
  endPart,
  executionPart,
  type KorePart,
  korePart,
  rowsPart,
  summaryPart,
} from './parts.ts';
import { faultAt } from './properties.ts';
import type { Script } from './run.ts';
import { type Attempt, BOT, KORE_MOMENTS, type Scenario, START } from './scenario.ts';
import { tracking } from './tracking.ts';

export function trackingWorld(scenario: Scenario, stepFunctions: StepFunctions): Promise<Explorable> {
  return explorable(scriptsOf(scenario, stepFunctions), partsOf(scenario), (moment, isOver) =>
    faultAt(moment, isOver, scenario),
  );
}

function partsOf({ stores, attempts }: Scenario): FreshParts {
  return {
    budget: async () => {
      const part = budgetPart(stores.budgetStore());
      const now = START;
      const slot = slotAt(now);
      const state = await part.store.read(BOT, now);
      const open = openIn(slot, state.bookings, capacity, true);
      await part.store.book(BOT, { slot, open, isReservation: true, state, now });
      return part;
    },
    Kore: korePart,
    rows: () => rowsPart(stores.deliveryLog()),
    summary: () => summaryPart(stores.deliveryLog()),
    ...Object.fromEntries(
      attempts.flatMap(({ letter, arn }) => [
        [`end of ${letter}`, () => endPart(stores.finalEvents(), arn)],
        [`execution ${letter}`, executionPart],
        [`bus ${letter}`, busPart],
      ]),
    ),
  };
}

function scriptsOf(scenario: Scenario, stepFunctions: StepFunctions): Script[] {
  const [a, b] = scenario.attempts as [Attempt, Attempt];
  return [
    tracking(a, scenario, stepFunctions),
    tracking(b, scenario, stepFunctions),
    backstop(a, scenario, stepFunctions),
    koreGoesOn(scenario),
  ];
}

function koreGoesOn({ now }: Scenario): Script {
  return {
    name: 'Kore',
    order: ['Kore'],
    startsAt: now,
    async run(ask) {
      const doing = (kore: KorePart) => {
        kore.moment = KORE_MOMENTS[1];
      };
      await ask({ place: 'changes its logs', part: 'Kore', args: [], doing, faults: [] });
    },
  };
}
