/** 10,000 notifications at once in a careless world, for a few seeds, or as many as `CARELESS_SEEDS` says. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { faultIn } from './careless/model.ts';
import { anyNotification, type CarelessNotification } from './careless/plan.ts';
import { synthesisedStepFunctions } from './careless/step-functions.ts';
import { carelessWorld } from './careless/world.ts';

const SEEDS = Array.from({ length: Number(process.env.CARELESS_SEEDS ?? 3) }, (_, i) => i + 1);
const NOTIFICATIONS = Number(process.env.CARELESS_NOTIFICATIONS ?? 10_000);
const stepFunctions = synthesisedStepFunctions();

async function faultsIn(notifications: readonly CarelessNotification[]) {
  const all = await carelessWorld(notifications, stepFunctions);
  return all.flatMap((tracked, index) => {
    const fault = faultIn(tracked);
    return fault === undefined ? [] : [{ fault, planned: notifications[index] as CarelessNotification }];
  });
}

it.each(SEEDS)('each row is the newest, and each execution has one truth, seed %i', async (seed) => {
  const faults = await faultsIn(fc.sample(anyNotification, { seed, numRuns: NOTIFICATIONS }));

  const [first] = faults;
  if (first !== undefined) await shrink(first.planned);
  expect(faults).toEqual([]);
});

/** Fails with the least that goes wrong, where it goes wrong alone. */
async function shrink(planned: CarelessNotification): Promise<void> {
  const holds = async (notification: CarelessNotification) => {
    expect(await faultsIn([notification])).toEqual([]);
  };
  await fc.assert(fc.asyncProperty(anyNotification, holds), { numRuns: 1, examples: [[planned]] });
}
