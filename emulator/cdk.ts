/** The real CDK CLI. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitOf } from './process-group.ts';

const CDK = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
const PROJECT = join(import.meta.dirname, '..');

/** Outputs of the stacks, by stack and name. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface CdkSurroundings {
  /** Variables that lead to the account. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of the AWS configuration. The CLI takes keys of the environment before AWS_PROFILE, but not before this. */
  readonly profile?: string | undefined;
  /** Ends a command that is running. */
  readonly signal: AbortSignal;
}

/** Runs `cdk bootstrap` with these arguments. */
export async function bootstrap(
  surroundings: CdkSurroundings,
  options: readonly string[] = [],
): Promise<void> {
  await cdk(['bootstrap', ...options], surroundings);
}

/** Runs `cdk deploy` with these arguments and returns the outputs. */
export async function deploy(
  options: readonly string[],
  context: Readonly<Record<string, string | number>>,
  surroundings: CdkSurroundings,
): Promise<Outputs> {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-cdk-'));
  const outputs = join(folder, 'outputs.json');
  const settings = Object.entries(context).flatMap(([key, value]) => [
    '--context',
    `tracker:${key}=${value}`,
  ]);
  const files = ['--output', join(folder, 'cdk.out'), '--outputs-file', outputs];
  try {
    await cdk(['deploy', '--require-approval', 'never', ...files, ...settings, ...options], surroundings);
    return JSON.parse(readFileSync(outputs, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function cdk(
  args: readonly string[],
  { environment, profile, signal }: CdkSurroundings,
): Promise<void> {
  signal.throwIfAborted();
  const own = profile === undefined ? [] : ['--profile', profile];
  const child = spawn(process.execPath, [CDK, ...args, ...own], {
    cwd: PROJECT,
    env: { ...withoutNamesOfTheCli(process.env), ...environment, CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // It runs the app, which would write on.
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const status = await exitOf(child, signal);
  if (status !== 0) throw new Error(`cdk ${args.join(' ')} exited with ${status}:\n${said}`);
}

/** Without what leads the CDK CLI to an account and not the SDK: both must use the same one. */
function withoutNamesOfTheCli(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => !/^(AMAZON_.*|AWS_DEFAULT_PROFILE)$/.test(name)),
  );
}
