/**
 * `npm run build`: what npm packs of `dist/`. `exports` and `bin` in package.json name the files.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleCheckDelivery } from '../lambdas/bundle.ts';
import { writeDeclarations } from './declarations.ts';
import { writeCommonJs, writeEsModules } from './javascript.ts';
import { noticesOf, packagesOf } from './notices.ts';

const PROJECT = join(import.meta.dirname, '..');
const DIST = join(PROJECT, 'dist');

/** What users import, by the names of the files in `dist/`. */
const LIBRARIES = { index: 'lib/index.ts', client: 'client/index.ts' };
/** What users run. */
const COMMANDS = { 'delivery-tracker': 'bin/delivery-tracker.ts' };

removeEarlierBuild();
const [{ sources }] = await Promise.all([
  bundleCheckDelivery(),
  writeEsModules({ ...LIBRARIES, ...COMMANDS }, DIST),
  writeCommonJs(LIBRARIES, DIST),
]);
writeFileSync(join(DIST, 'THIRD-PARTY-NOTICES.txt'), noticesOf(packagesOf(sources)));
writeDeclarations(Object.values(LIBRARIES), join(DIST, 'types'));

/** The function's bundle stays: somebody may be running it. */
function removeEarlierBuild(): void {
  mkdirSync(DIST, { recursive: true });
  const files = readdirSync(DIST).filter((name) => name === 'types' || /\.[cm]js$/.test(name));
  for (const name of files) rmSync(join(DIST, name), { recursive: true });
}
