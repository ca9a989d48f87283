/** The policies that are compared, by the names that the tables give them. */
import { cdkWaiter, fixedWait, geometric, waitForCondition } from './alternatives.ts';
import type { Random } from './campaign.ts';
import type { Policy } from './simulation.ts';
import { tracker } from './tracker.ts';

export interface Named {
  readonly make: (random: Random) => Policy;
  /** State transitions of an execution with so many checks; absent where no state machine runs. */
  readonly transitions?: (checks: number) => number;
}

/** Wait, check and choose in a loop; plan before, or succeed after it, and publish. */
const waitLoop = (checks: number) => 3 * checks + 2;
/** Each retry is a transition (AWS docs, Step Functions pricing). */
const retries = (checks: number) => checks;

export const POLICIES = {
  'this project': { make: (random) => tracker(random), transitions: waitLoop },
  'fixed 30 s': { make: fixedWait, transitions: waitLoop },
  'CDK waiter': { make: cdkWaiter, transitions: retries },
  waitForCondition: { make: waitForCondition },
  geometric: { make: geometric, transitions: waitLoop },
} as const satisfies Record<string, Named>;
export type PolicyName = keyof typeof POLICIES;
export const POLICY_NAMES = Object.keys(POLICIES) as PolicyName[];
