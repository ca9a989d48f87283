/** Commands as hints name them: so that they can be pasted where this one was typed. */
import { quoted } from './text/quoted.ts';
import type { AwsAccount } from './tracker/aws-account.ts';
import type { TrackerChoice } from './tracker/find-tracker.ts';

/** Writes the command with these arguments, such as `npx delivery-tracker show ds-1 --stack Orders`. */
export type CommandText = (...args: readonly string[]) => string;

/**
 * How the command line was called: `npm run --silent delivery-tracker --` in a clone, `npx delivery-tracker` in an app that has the
 * package, else by the name that is on the path.
 *
 * @param script that Node.js runs, by the path at which the shell found it.
 * @param environment npm sets `npm_command` to `exec` for `npx`.
 */
export function programName(
  script: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (script.endsWith('.ts')) return `npm run --silent ${NAME} --`;
  const isOfApp = environment.npm_command === 'exec' || /[\\/]node_modules[\\/]\.bin[\\/]/.test(script);
  return isOfApp ? `npx ${NAME}` : NAME;
}

const NAME = 'delivery-tracker';

/** @param choice what this command was told of where the tracker is; the next one has to be told it again. */
export function commandText(program: string, choice: TrackerChoice & AwsAccount = {}): CommandText {
  const options = CHOICES.flatMap((name) => {
    const value = choice[name];
    return value === undefined ? [] : [`--${name}`, value];
  });
  return (...args) => [program, ...[...args, ...options].map(quoted)].join(' ');
}

/** A command of the AWS CLI, told the account and region that this command was told. */
export function awsCommandText({ profile, region }: AwsAccount): (text: string) => string {
  return (text) => commandText(text, { profile, region })();
}

const CHOICES = ['profile', 'region', 'stack', 'tracker'] as const;
