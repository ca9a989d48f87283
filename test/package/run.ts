/**
 * Packs the package, installs it outside of the project and uses it there as users do: in an app of ES modules, in a
 * CommonJS app, and in a workload that has no CDK.
 *
 *     npm run test:package
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt, type Result, report } from '../attempts.ts';
import { APP_CHECKS, type Check, type Surroundings, WORKLOAD_CHECKS } from './checks.ts';
import { installApp, installWorkload, pack } from './installation.ts';

const place = mkdtempSync(join(tmpdir(), 'tracker-package-'));
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());

try {
  await main(place, interruption.signal);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  rmSync(place, { recursive: true, force: true });
}

async function main(directory: string, signal: AbortSignal): Promise<void> {
  console.log('npm pack, npm install in three empty folders …');
  const tarball = await pack(directory, signal);
  // One after the other: each takes what it can get of the disk.
  const esm = await installApp('esm-app', { directory, tarball, signal });
  const cjs = await installApp('cjs-app', { directory, tarball, signal });
  const workload = await installWorkload({ directory, tarball, signal });

  const results = await Promise.all([
    inTurn(APP_CHECKS, { folder: esm, tarball, signal }),
    inTurn(APP_CHECKS, { folder: cjs, tarball, signal }),
    inTurn(WORKLOAD_CHECKS, { folder: workload, tarball, signal }),
  ]);
  report(results.flat());
}

async function inTurn(checks: readonly Check[], surroundings: Surroundings): Promise<Result[]> {
  const results: Result[] = [];
  for (const { name, run } of checks) {
    results.push(await attempt(`${surroundings.folder.name}: ${name}`, () => run(surroundings)));
  }
  return results;
}
