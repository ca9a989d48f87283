/** What a scenario has: the deployed trackers, and the account as far as the run may touch it. */
import type { AwsClients } from './aws-clients.ts';
import type { DeployedTracker } from './deployed-tracker.ts';
import type { Stacks } from './stacks.ts';
import type { Trackings } from './trackings.ts';
import type { Until } from './until.ts';
import type { Witness } from './witness.ts';

export interface World {
  readonly place: { readonly name: string; readonly isEmulator: boolean };
  readonly region: string;
  readonly aws: AwsClients;
  /** Has time: nothing times out. */
  readonly tracker: DeployedTracker;
  /** Has a short deadline, `briefDeadlineSeconds`. Its function may be broken. */
  readonly brief: DeployedTracker;
  /** Of the rule without targets by which the first tracker sees its bus, and of one on the same bus that has a target. */
  readonly ruleArns: { readonly probe: string; readonly witness: string };
  /** The function that says how Lambda starts Node. */
  readonly probeName: string;
  /** What became of the stack with the trackers. */
  readonly stack: { readonly status: string; readonly resources: number };
  /** Small stacks of the run's own. */
  readonly stacks: Stacks;
  readonly trackings: Trackings;
  readonly witness: Witness;
  readonly until: Until;
  /** Lets time pass. */
  pause(seconds: number): Promise<void>;
  /** Of a second account, where the run has one. */
  readonly second?: SecondAccount;
  /** Deploys the trackers anew, with other code and another schedule. */
  redeploy(): Promise<void>;
}

export interface SecondAccount {
  readonly accountId: string;
  readonly aws: AwsClients;
  readonly stacks: Stacks;
}
