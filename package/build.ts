/**
 * `npm run build`: what npm packs of `dist/`. `exports` and `bin` in package.json name the files.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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

/** The functions' bundles stay: another process may be running them. */
function removeEarlierBuild(): void {
  mkdirSync(DIST, { recursive: true });
  for (const name of readdirSync(DIST).filter((name) => /\.[cm][jt]s$/.test(name))) rmSync(join(DIST, name));
}
