/** The account and region that a command works in, chosen as the AWS CLI chooses them. */
import { loadSharedConfigFiles } from '@smithy/core/config';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';
import { quoted } from '../text/quoted.ts';

export interface AwsAccount {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

/**
 * An option wins over the environment, which wins over the profile, whose region the SDK reads itself; `AWS_REGION` wins over
 * `AWS_DEFAULT_REGION` (AWS docs, Configuring environment variables for the AWS CLI).
 *
 * @throws CommandError `NO_SUCH_PROFILE`. Without a profile of that name the SDK would look elsewhere for credentials.
 */
export async function awsAccount(
  given: AwsAccount,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<AwsAccount> {
  const profile = given.profile ?? (environment.AWS_PROFILE || undefined);
  if (profile !== undefined) await requireProfile(profile);
  const region = given.region ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION || undefined);
  return { region, profile };
}

async function requireProfile(profile: string): Promise<void> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  // The configuration has other sections beside profiles, such as "services.local".
  const inConfig = Object.keys(configFile).filter((name) => !/^(services|sso-session)\./.test(name));
  const names = [...new Set([...inConfig, ...Object.keys(credentialsFile)])].sort();
  if (names.includes(profile)) return;
  throw new CommandError(
    'NO_SUCH_PROFILE',
    EXIT.wrongUsage,
    names.length === 0
      ? `There is no profile ${profile}: the AWS configuration has none. Make it with "aws configure --profile ${quoted(profile)}", or leave out --profile and AWS_PROFILE.`
      : `There is no profile ${profile} in the AWS configuration. Choose one of these with --profile or AWS_PROFILE: ${names.join(', ')}.`,
  );
}
