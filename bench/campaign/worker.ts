/** One core's share of the simulations. */
import { parentPort } from 'node:worker_threads';
import { campaign, randomFrom, type Shape, type Size, seedOf } from './campaign.ts';
import { POLICIES, type PolicyName } from './policies.ts';
import { simulate } from './simulation.ts';

export interface Job {
  readonly shape: Shape;
  readonly size: Size;
  readonly policy: PolicyName;
  /** Number of the seed. */
  readonly i: number;
}

parentPort?.on('message', async ({ shape, size, policy, i }: Job) => {
  const seed = seedOf(i);
  // Apart from the campaign's own numbers, which are the same for every policy.
  const random = randomFrom(seed + 1_000_000);
  const results = await simulate(campaign(size, shape, seed), POLICIES[policy].make(random), random);
  parentPort?.postMessage(results);
});
