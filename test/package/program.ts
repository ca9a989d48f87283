/** Programs that users run. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ProgramOptions {
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a program to its end and returns its output. @throws where it does not exit with 0, with all that it said. */
export async function run(
  program: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<string> {
  const { status, output, errors } = await attemptToRun(program, args, options);
  if (status === 0) return output;
  throw new Error(`${program} ${args.join(' ')} exited with ${status}:\n${output}${errors}`);
}

/** The same, for a program that may fail. */
export async function attemptToRun(
  program: string,
  args: readonly string[],
  { cwd, signal, environment }: ProgramOptions,
): Promise<{ readonly status: number | null; readonly output: string; readonly errors: string }> {
  const child = spawn(program, args, {
    cwd,
    signal,
    env: { ...withoutAccount(process.env), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [status] = await once(child, 'close');
  return { status, output, errors };
}

/** A developer's account is no part of a test. */
function withoutAccount(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith('AWS_')));
}
