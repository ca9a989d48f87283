/** Which accounts a run is for, as AWS itself says, and what is refused before anything is made there. */
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { UsageError, type VerifyOptions } from './options.ts';
import { type AwsAccess, awsClients } from './world/aws-clients.ts';

export interface Account {
  readonly accountId: string;
  readonly callerArn: string;
  readonly access: AwsAccess;
}

/** @throws UsageError where the second account is the first one. */
export async function accountsFor(
  options: VerifyOptions,
): Promise<{ readonly first: Account; readonly second: Account | undefined }> {
  const region = await regionFor(options);
  const { profile = profileOf(process.env), secondProfile } = options;
  if (profile !== undefined) forgetKeys(process.env);
  const first = await accountOf({ region, profile });
  if (secondProfile === undefined) return { first, second: undefined };
  const second = await accountOf({ region, profile: secondProfile });
  refuseSameAccount(first, second);
  return { first, second };
}

/** The SDK takes it before keys of the environment, the CDK CLI after them; named to both, it is the one for both. */
export function profileOf({ AWS_PROFILE }: NodeJS.ProcessEnv): string | undefined {
  return AWS_PROFILE === '' ? undefined : AWS_PROFILE;
}

/** Nothing in this process, nor the CDK CLI that it starts, may take a key of the environment for the profile's. */
export function forgetKeys(variables: NodeJS.ProcessEnv): void {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
    delete variables[name];
}

/** @throws UsageError */
export function refuseSameAccount(
  first: Pick<Account, 'accountId'>,
  second: Pick<Account, 'accountId'>,
): void {
  if (first.accountId === second.accountId) {
    throw new UsageError(`--second-profile is of account ${first.accountId} as well. It must be of another.`);
  }
}

/** @throws UsageError */
export async function refuseWithoutBootstrap({ access, accountId }: Account): Promise<void> {
  const describe = new DescribeStacksCommand({ StackName: 'CDKToolkit' });
  await awsClients(access)
    .cloudFormation.send(describe)
    .catch((error) => {
      if (error.name !== 'ValidationError') throw error;
      const target = `aws://${accountId}/${access.region}`;
      throw new UsageError(
        `There is no stack CDKToolkit: the CDK is not bootstrapped there, or under another name, which this run does not know. ` +
          `Run npx cdk bootstrap ${target} first.`,
      );
    });
}

export async function accountOf(access: AwsAccess): Promise<Account> {
  const { Account = '', Arn = '' } = await awsClients(access).sts.send(new GetCallerIdentityCommand());
  return { accountId: Account, callerArn: Arn, access };
}

/** @throws UsageError where neither option nor configuration names one. */
async function regionFor({ region, profile }: VerifyOptions): Promise<string> {
  if (region !== undefined) return region;
  try {
    return await new STSClient({ ...(profile !== undefined && { profile }) }).config.region();
  } catch {
    throw new UsageError('Which region? Give --region.');
  }
}
