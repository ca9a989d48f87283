/**
 * Packs the package, installs it outside of the project and uses it there as users do: in an app of ES modules, in a
 * CommonJS app, without the CDK, in a workload, and in copies of the examples.
 *
 *     npm run test:package
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report } from '../attempts.ts';
import { APP_CHECKS } from './app-checks.ts';
import { type Check, inTurn } from './check.ts';
import { CREDENTIAL_CHECKS } from './credential-checks.ts';
import { EXAMPLE_CHECKS } from './example-checks.ts';
import {
  type Folder,
  installApp,
  installConsumer,
  installExample,
  installWorkload,
  pack,
} from './installation.ts';
import { CONSUMER_CHECKS, WORKLOAD_CHECKS } from './workload-checks.ts';

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
  console.log('npm pack, npm install in six folders …');
  const tarball = await pack(directory, signal);
  const options = { directory, tarball, signal };
  // One after the other: each takes what it can get of the disk.
  const places: [Folder, readonly Check[]][] = [
    [await installApp('esm-app', options), APP_CHECKS],
    [await installApp('cjs-app', options), APP_CHECKS],
    [await installConsumer(options), [...CONSUMER_CHECKS, ...CREDENTIAL_CHECKS]],
    [await installWorkload('workload-app', options), WORKLOAD_CHECKS],
    [await installExample('quick-start', options), EXAMPLE_CHECKS],
    [await installExample('campaign', options), EXAMPLE_CHECKS],
  ];

  const results = await Promise.all(
    places.map(([folder, checks]) => inTurn(checks, { folder, tarball, signal })),
  );
  report(results.flat());
}
