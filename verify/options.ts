/** The command line of `npm run verify`. */
import { Command } from 'commander';

export interface VerifyOptions {
  readonly profile?: string;
  readonly region?: string;
  readonly secondProfile?: string;
  readonly out?: string;
  readonly only?: readonly string[];
  readonly yes: boolean;
  readonly emulator: boolean;
  readonly clean: boolean | string;
}

/** Wrong usage: one sentence, exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'WRONG_USAGE';
}

export function verifyCommand(): Command {
  return new Command('npm run verify --')
    .description(
      'Deploys two trackers and a stand-in for Kore.ai into an AWS account, sees whether AWS does what this project\n' +
        'assumes, and takes everything down again. It says what it will make, and asks.',
    )
    .option(
      '--profile <name>',
      'profile of the AWS configuration (default: AWS_PROFILE, or as the AWS SDK finds it)',
    )
    .option('--region <region>', 'region (default: AWS_REGION, or the one of the profile)')
    .option('--second-profile <name>', 'profile of a second account, for a rule on the bus from there')
    .option('--out <folder>', 'where to write what was seen (default: verify-results/<date>T<time>)')
    .option('--only <scenario...>', 'only these scenarios')
    .option('--yes', 'do not ask, for CI', false)
    .option('--emulator', 'in an emulator on this machine; settles nothing about AWS', false)
    .option('--clean [run]', 'only delete what interrupted runs, or one, have left', false);
}

/** @throws UsageError */
export function checkOptions(options: VerifyOptions, scenarios: readonly string[]): VerifyOptions {
  const unknown = options.only?.find((name) => !scenarios.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`There is no scenario "${unknown}". There are ${scenarios.join(', ')}.`);
  }
  if (options.emulator && options.clean !== false) {
    throw new UsageError('--emulator leaves nothing that --clean could delete: its state goes with it.');
  }
  const isAccount = options.profile ?? options.region ?? options.secondProfile;
  if (options.emulator && isAccount !== undefined) {
    throw new UsageError('--emulator takes no profile and no region.');
  }
  return options;
}
