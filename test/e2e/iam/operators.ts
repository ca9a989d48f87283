/** Operators of the command line: for each command an IAM user who may do what docs/command-line.md says, and no more. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Names } from '../../judges/iam/deployed-names.ts';
import { operatorName, permissionsByCommand, trackerArns } from '../../judges/iam/documented-permissions.ts';
import { policiesOf } from '../../judges/iam/policies.ts';
import { pythonProgram } from '../python.ts';

interface AccessKey {
  readonly id: string;
  readonly secret: string;
}

const PROGRAM = join(import.meta.dirname, 'iam_users.py');

const keys = new Map<string, AccessKey>();

/**
 * Makes the operators. The roles get their policies once more, where the emulator wrote the name of a secret for its ARN
 * (docs/emulator.md).
 */
export async function makeOperators(
  names: Names,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const operators = permissionsByCommand(trackerArns(names)).map(({ principal, statements }) => {
    const command = principal.replace(operatorName(''), '');
    return { command, user: `${command.replaceAll(' ', '-')}-operator`, statements };
  });
  const users = operators.map(({ user, statements }) => [
    user,
    { Version: '2012-10-17', Statement: statements },
  ]);
  const policies = new Map<string, { Version: string; Statement: unknown[] }>();
  for (const { principalArn, statements } of policiesOf(names).identity) {
    const name = principalArn.replace(/^.*\//, '');
    const Statement = [...(policies.get(name)?.Statement ?? []), ...statements];
    policies.set(name, { Version: '2012-10-17', Statement });
  }
  const making = promisify(execFile)(pythonProgram('python'), [PROGRAM], {
    env: { ...process.env, ...environment },
  });
  making.child.stdin?.end(
    JSON.stringify({ users: Object.fromEntries(users), roles: Object.fromEntries(policies) }),
  );
  const made: Record<string, AccessKey> = JSON.parse((await making).stdout);
  for (const { command, user } of operators) {
    const key = made[user];
    if (key !== undefined) keys.set(command, key);
  }
}

/** Credentials for a command, which has one word or two; none before there are operators. */
export function credentialsFor([word = '', second = '']: readonly string[]): Record<string, string> {
  const key = keys.get(`${word} ${second}`) ?? keys.get(word);
  return key === undefined ? {} : { AWS_ACCESS_KEY_ID: key.id, AWS_SECRET_ACCESS_KEY: key.secret };
}

/** The command whose operator has this access key. */
export function commandOf(accessKeyId: string): string | undefined {
  return [...keys].find(([, { id }]) => id === accessKeyId)?.[0];
}
