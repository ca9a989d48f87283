/**
 * Packs the package, installs it outside of the project and uses it there as users do: in an app of ES modules, in a
 * CommonJS app, and in a workload that has no CDK.
 *
 *     npm run test:package
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_CHECKS, type Check, type Surroundings, WORKLOAD_CHECKS } from './checks.ts';
import { installApp, installWorkload, pack } from './installation.ts';

interface Result {
  readonly check: string;
  readonly result: 'passed' | 'FAILED';
  readonly seconds: number;
  readonly error?: unknown;
}

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
  for (const check of checks) results.push(await attempt(check, surroundings));
  return results;
}

async function attempt({ name, run }: Check, surroundings: Surroundings): Promise<Result> {
  const check = `${surroundings.folder.name}: ${name}`;
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 100) / 10;
  try {
    await run(surroundings);
    console.log(`  passed  ${check}`);
    return { check, result: 'passed', seconds: seconds() };
  } catch (error) {
    console.log(`  FAILED  ${check}`);
    return { check, result: 'FAILED', seconds: seconds(), error };
  }
}

function report(results: readonly Result[]): void {
  console.table(results.map(({ check, result, seconds }) => ({ check, result, seconds })));
  const failures = results.filter(({ result }) => result === 'FAILED');
  for (const { check, error } of failures) console.error(`\n${check}:`, error);
  console.log(`${results.length - failures.length} passed, ${failures.length} failed`);
  if (failures.length > 0) process.exitCode = 1;
}
