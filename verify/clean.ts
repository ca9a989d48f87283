/** Deletes what interrupted runs have left. */
import { paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { type AwsAccess, awsClients } from './world/aws-clients.ts';
import { runNameOf, TAG } from './world/run-name.ts';
import { stacksOf } from './world/stacks.ts';
import { untilIn } from './world/until.ts';

export interface Leftovers {
  /** The runs of which there is a stack, with the names of the stacks. */
  readonly runs: ReadonlyMap<string, readonly string[]>;
  /** Deletes these stacks, and returns what CloudFormation left of them. */
  remove(): Promise<readonly string[]>;
}

/** @param wanted the name of one run; otherwise all of them. */
export async function findLeftovers(access: AwsAccess, wanted: string | undefined): Promise<Leftovers> {
  const { cloudFormation } = awsClients(access);
  const runs = new Map<string, string[]>();
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: cloudFormation }, {})) {
    for (const { StackName = '', Tags = [] } of Stacks) {
      const run = runNameOf(StackName);
      const isOurs = Tags.some(({ Key, Value }) => Key === TAG && Value === run);
      if (run === undefined || !isOurs || (wanted !== undefined && wanted !== run)) continue;
      runs.set(run, [...(runs.get(run) ?? []), StackName]);
    }
  }
  const never = new AbortController().signal;
  return {
    runs,
    async remove() {
      const left = [...runs.keys()].map((run) =>
        stacksOf(run, cloudFormation, never, untilIn(never, 2_000))
          .deleteAll()
          .catch(({ message }: Error) => [`perhaps stacks of ${run}: ${message}`]),
      );
      return (await Promise.all(left)).flat();
    },
  };
}
