/** What must hold where the package is installed. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { attempt, type Result } from '../attempts.ts';
import { type Folder, PROJECT } from './installation.ts';
import { attemptToRun } from './program.ts';

export interface Surroundings {
  readonly folder: Folder;
  readonly tarball: string;
  readonly signal: AbortSignal;
}

export interface Check {
  readonly name: string;
  run(surroundings: Surroundings): void | Promise<void>;
}

export async function inTurn(checks: readonly Check[], surroundings: Surroundings): Promise<Result[]> {
  const results: Result[] = [];
  for (const { name, run } of checks) {
    results.push(await attempt(`${surroundings.folder.name}: ${name}`, () => run(surroundings)));
  }
  return results;
}

/** The compiler as strict as it gets, declarations included; it is this project's, since users need not have one. */
export async function compile(sources: readonly string[], { folder, signal }: Surroundings): Promise<void> {
  const { output } = await attemptToRun(
    process.execPath,
    [
      join(PROJECT, 'node_modules/typescript/bin/tsc'),
      ...['--strict', '--skipLibCheck', 'false', '--pretty', 'false'],
      ...['--module', 'nodenext', '--target', 'es2023', '--types', 'node'],
      ...['--typeRoots', join(PROJECT, 'node_modules/@types')],
      ...sources,
    ],
    { cwd: folder.directory, signal },
  );
  assert.equal(output, '');
}
