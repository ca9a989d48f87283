/**
 * `npm run build`: what npm packs of `dist/`. `exports` and `bin` in package.json name the files.
 */
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type InlineConfig } from 'tsdown';
import { bundleFunctions } from '../lambdas/bundle.ts';
import { noticesOf, packagesOf } from './notices.ts';

const PROJECT = join(import.meta.dirname, '..');
const DIST = join(PROJECT, 'dist');

const COMMON: InlineConfig = {
  config: false,
  cwd: PROJECT,
  outDir: DIST,
  tsconfig: 'package/tsconfig.json',
  platform: 'node',
  target: 'node20',
  // A package that users do not get with ours is refused, where it would otherwise become part of a file.
  deps: { onlyBundle: [] },
  clean: false,
  hash: false,
  logLevel: 'warn',
  failOnWarn: true,
  inputOptions: { checks: { pluginTimings: false } },
};

/** What users import, by the names of the files in `dist/`. */
const LIBRARIES: InlineConfig = {
  entry: { index: 'lib/index.ts', client: 'client/index.ts' },
  format: ['esm', 'cjs'],
  dts: true,
};

/** What users run. */
const COMMANDS: InlineConfig = {
  entry: { 'delivery-tracker': 'bin/delivery-tracker.ts' },
  format: 'esm',
  dts: false,
};

removeEarlierBuild();
const sources = (await bundleFunctions()).flatMap((bundle) => bundle.sources);
writeFileSync(join(DIST, 'THIRD-PARTY-NOTICES.txt'), noticesOf(packagesOf(sources)));
for (const part of [LIBRARIES, COMMANDS]) await build({ ...COMMON, ...part });
copyPartsOfReports();

/** The command line reads them beside itself (cli/report/browser/assets.ts). */
function copyPartsOfReports(): void {
  const folder = join(PROJECT, 'cli/report/browser');
  for (const name of readdirSync(folder).filter((name) => /^report-.*\.(js|css)$/.test(name))) {
    copyFileSync(join(folder, name), join(DIST, name));
  }
}

/** The functions' bundles stay: another process may be running them. */
function removeEarlierBuild(): void {
  mkdirSync(DIST, { recursive: true });
  for (const name of readdirSync(DIST).filter((name) => /\.[cm][jt]s$/.test(name))) rmSync(join(DIST, name));
}
