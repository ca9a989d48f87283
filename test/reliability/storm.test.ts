/** 10,000 trackings at once, with up to eight faults each, for a few seeds, or as many as `STORM_SEEDS` says. A failing storm is shrunk to the least that fails. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deploymentWithDeadline } from '../workflow/tracking-harness.ts';
import { faultIn } from './storm/model.ts';
import { anyTracking, STORM_DEADLINE_SECONDS, type StormTracking } from './storm/plan.ts';
import { type StepFunctions, storm } from './storm/storm.ts';

const SEEDS = Array.from({ length: Number(process.env.STORM_SEEDS ?? 3) }, (_, i) => i + 1);
const TRACKINGS = 10_000;

const { States } = JSON.parse(deploymentWithDeadline(STORM_DEADLINE_SECONDS).stateMachine.definition);
const stepFunctions: StepFunctions = {
  eventRetries: States['Publish delivery complete'].Retry[0].MaxAttempts,
  checkFailed: States['Check failed'],
};

it.each(SEEDS)(
  'a storm of 10,000 trackings ends in 10,000 outcomes and the model’s rows, seed %i',
  async (seed) => {
    const plan = fc.sample(anyTracking, { seed, numRuns: TRACKINGS });
    const holds = async (trackings: StormTracking[]) => {
      const after = await storm(trackings, seed, stepFunctions);
      for (const [index, tracking] of trackings.entries()) {
        const fault = faultIn(after, index, tracking);
        if (fault !== undefined) throw new Error(`tracking ${index}: ${fault}`);
      }
      expect(after.ends).toHaveLength(trackings.length);
    };

    await fc.assert(fc.asyncProperty(fc.array(anyTracking, { maxLength: TRACKINGS }), holds), {
      seed,
      numRuns: 1,
      examples: [[plan]],
    });
  },
);

it('a storm has every outcome, and events that come again', async () => {
  const crashes = Array.from(
    { length: 100 },
    (_, arrival) => ({ place: 'function', way: 'crash before', arrival }) as const,
  );
  const doomed: StormTracking = { startsAfter: 0, bot: 0, recipients: 1, takes: 60, faults: crashes };
  const plan = [doomed, ...fc.sample(anyTracking, { seed: 1, numRuns: 1_000 })];

  const { ends } = await storm(plan, 1, stepFunctions);

  expect(new Set(ends.map(({ outcome }) => outcome))).toEqual(new Set(['complete', 'timed-out', 'failed']));
  expect(ends.some(({ events }) => events.length > 1)).toBe(true);
});
