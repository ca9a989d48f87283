/** Python programs of the end-to-end run and of the judges, in a virtual environment of the project's own. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ENVIRONMENT = join(import.meta.dirname, '..', '..', 'dist', 'e2e-python');
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
const INSTALLED = join(ENVIRONMENT, 'installed.txt');

export class PythonMissingError extends Error {
  override readonly name = 'PythonMissingError';
  readonly code = 'PYTHON_MISSING';
}

/**
 * Path of a program that requirements.txt installs; the first call makes the environment.
 *
 * @throws PythonMissingError
 */
export function pythonProgram(name: string): string {
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  if (!existsSync(INSTALLED) || readFileSync(INSTALLED, 'utf8') !== wanted) install(wanted);
  return join(ENVIRONMENT, 'bin', name);
}

function install(requirements: string): void {
  const python = findPython();
  console.log('Installing the emulator and cfn-lint into dist/e2e-python …');
  execFileSync(python, ['-m', 'venv', '--clear', ENVIRONMENT], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--requirement',
    REQUIREMENTS,
  ];
  execFileSync(join(ENVIRONMENT, 'bin', 'python'), pip, { stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(INSTALLED, requirements);
}

function findPython(): string {
  const isRecent = 'import sys, venv; sys.exit(sys.version_info < (3, 11))';
  for (const python of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python']) {
    try {
      execFileSync(python, ['-c', isRecent], { stdio: 'ignore' });
      return python;
    } catch {}
  }
  throw new PythonMissingError(
    'npm run e2e and npm run test:judges need Python 3.11 or newer with venv on the PATH (Debian: apt-get install python3-venv); it found none.',
  );
}
