/**
 * `npm run build`: what npm packs of `dist/`. `exports` and `bin` in package.json name the files.
 */
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFunctions } from '../lambdas/bundle.ts';
import { bundleCommandLine, bundleLibraries } from './bundle.ts';
import { noticesOf, packagesOf } from './notices.ts';

const PROJECT = join(import.meta.dirname, '..');
const DIST = join(PROJECT, 'dist');

removeEarlierBuild();
const functions = (await bundleFunctions()).flatMap(({ sources }) => sources);
const libraries = await bundleLibraries(DIST);
const commandLine = await bundleCommandLine(DIST);
const packages = packagesOf([...functions, ...libraries, ...commandLine]);
writeFileSync(join(DIST, 'THIRD-PARTY-NOTICES.txt'), noticesOf(packages));
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
