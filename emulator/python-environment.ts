/** Python programs of the project's own, in a virtual environment below `dist/`. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { exitOf } from './process-group.ts';

export interface PythonEnvironment {
  readonly folder: string;
  /** Path of what pip is to install there. */
  readonly requirements: string;
}

/** Python, or a program that it needs, could not be installed: a sentence that says what to do. */
export class InstallationError extends Error {
  override readonly name = 'InstallationError';
  readonly code: 'PYTHON_MISSING' | 'PIP_FAILED';

  constructor(code: InstallationError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Path of a program in an environment that is installed. */
export function programIn({ folder }: PythonEnvironment, name: string): string {
  return join(folder, 'bin', name);
}

/** Whether `installPython` has nothing to do. */
export function isInstalled(environment: PythonEnvironment): boolean {
  const installed = installedIn(environment);
  // A Python that was removed since takes its environments with it.
  return (
    existsSync(programIn(environment, 'python')) &&
    existsSync(installed) &&
    readFileSync(installed, 'utf8') === wantedIn(environment)
  );
}

/**
 * Makes the environment anew, unless it is there. Where that fails, nothing of it is left.
 *
 * @throws InstallationError
 */
export async function installPython(environment: PythonEnvironment, signal?: AbortSignal): Promise<void> {
  if (isInstalled(environment)) return;
  const python = findPython();
  const { folder, requirements } = environment;
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  try {
    const isDone =
      (await succeeds(python, ['-m', 'venv', '--clear', folder], signal)) &&
      (await succeeds(programIn(environment, 'python'), [...pip, '--requirement', requirements], signal));
    if (!isDone) throw pipFailed(requirements);
    writeFileSync(installedIn(environment), wantedIn(environment));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function pipFailed(requirements: string): InstallationError {
  return new InstallationError(
    'PIP_FAILED',
    `pip could not install what ${relative('.', requirements)} lists; what it says is above. It needs PyPI or the index that PIP_INDEX_URL names, through the proxy that HTTPS_PROXY names. Then run the command again.`,
  );
}

const installedIn = ({ folder }: PythonEnvironment) => join(folder, 'installed.txt');
const wantedIn = ({ requirements }: PythonEnvironment) => readFileSync(requirements, 'utf8');

/** What the program complains about is for the terminal. */
async function succeeds(program: string, args: readonly string[], signal?: AbortSignal): Promise<boolean> {
  signal?.throwIfAborted();
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'ignore', 'inherit'] });
  return (await exitOf(child, signal)) === 0;
}

function findPython(): string {
  // Debian's Python has venv, and what venv needs is in a package of its own.
  const isRecent = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))';
  for (const python of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python']) {
    try {
      execFileSync(python, ['-c', isRecent], { stdio: 'ignore' });
      return python;
    } catch {}
  }
  throw new InstallationError(
    'PYTHON_MISSING',
    'This needs Python 3.11 or newer with venv on the PATH, and found none. Debian, Ubuntu: apt-get install python3-venv. macOS: brew install python. Fedora: dnf install python3.',
  );
}
