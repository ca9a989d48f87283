/** The account and region that the stacks of a run are for. */
import type { Environment } from 'aws-cdk-lib';

/**
 * @param announced where the run said it deploys; nothing of both in an emulator.
 * @param ofCli the account whose credentials the CDK CLI has found.
 * @throws Error where that is another account.
 */
export function environmentOf(
  { account, region }: { readonly account: string | undefined; readonly region: string | undefined },
  ofCli: string | undefined,
): Required<Environment> | undefined {
  if (account === undefined || region === undefined) return undefined;
  if (ofCli !== account) {
    throw new Error(
      `The CDK CLI has credentials of account ${ofCli ?? '(none)'}, and the run is for account ${account}: nothing is deployed.`,
    );
  }
  return { account, region };
}
