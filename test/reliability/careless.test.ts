/** 10,000 notifications at once in a careless world, for a few seeds, or as many as `CARELESS_SEEDS` says. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { outputOf } from '../../local/aws/jsonata-state.ts';
import { deploymentWithDeadline } from '../workflow/tracking-harness.ts';
import type { StepFunctions } from './careless/execution.ts';
import { faultIn } from './careless/model.ts';
import { anyNotification, type CarelessNotification, DEADLINE_SECONDS } from './careless/plan.ts';
import { carelessWorld } from './careless/world.ts';

const SEEDS = Array.from({ length: Number(process.env.CARELESS_SEEDS ?? 3) }, (_, i) => i + 1);
const NOTIFICATIONS = Number(process.env.CARELESS_SIZE ?? 10_000);

const { stateMachine, reporter } = deploymentWithDeadline(DEADLINE_SECONDS);
const { States } = JSON.parse(stateMachine.definition);
const stepFunctions: StepFunctions = {
  eventRetries: States['Publish delivery complete'].Retry[0].MaxAttempts,
  checkFailed: outputOf(States['Check failed']),
  describeInterruption: outputOf(JSON.parse(reporter.definition).States['Describe interruption']),
};

async function faultsIn(notifications: readonly CarelessNotification[]) {
  const all = await carelessWorld(notifications, stepFunctions);
  return all.flatMap((tracked, index) => {
    const fault = faultIn(tracked);
    return fault === undefined ? [] : [{ fault, planned: notifications[index] as CarelessNotification }];
  });
}

it.each(SEEDS)(
  'each row is the newest, and each execution has one truth, for 10,000 notifications, seed %i',
  async (seed) => {
    const faults = await faultsIn(fc.sample(anyNotification, { seed, numRuns: NOTIFICATIONS }));

    const [first] = faults;
    if (first !== undefined) await shrink(first.planned);
    expect(faults).toEqual([]);
  },
);

/** Fails with the least that goes wrong as it does, where it goes wrong alone. */
async function shrink(planned: CarelessNotification): Promise<void> {
  const holds = async (notification: CarelessNotification) => {
    expect(await faultsIn([notification])).toEqual([]);
  };
  await fc.assert(fc.asyncProperty(anyNotification, holds), { numRuns: 1, examples: [[planned]] });
}
