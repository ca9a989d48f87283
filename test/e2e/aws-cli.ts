/** The AWS CLI, for the commands that the README gives. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pythonProgram } from './python.ts';

/** `aws secretsmanager put-secret-value`, from a file. */
export async function putSecretFromFile(
  secretArn: string,
  secret: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-e2e-secret-'));
  const file = join(folder, 'secret.json');
  writeFileSync(file, secret, { mode: 0o600 });
  const options = ['--secret-id', secretArn, '--secret-string', `file://${file}`];
  try {
    await promisify(execFile)(pythonProgram('aws'), ['secretsmanager', 'put-secret-value', ...options], {
      env: { ...process.env, ...environment },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
