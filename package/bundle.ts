/** Bundles what users import and run, with all packages that it needs: an app gets nothing with ours that it did not ask for. */
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type InlineConfig } from 'tsdown';

const PROJECT = join(import.meta.dirname, '..');

const COMMON: InlineConfig = {
  config: false,
  cwd: PROJECT,
  tsconfig: 'package/tsconfig.json',
  platform: 'node',
  target: 'node20',
  clean: false,
  hash: false,
  logLevel: 'warn',
  failOnWarn: true,
};

/** What users import, by the names of the files in `dist/`. */
const LIBRARIES: InlineConfig = {
  entry: { index: 'lib/index.ts', client: 'client/index.ts' },
  format: ['esm', 'cjs'],
  dts: true,
  deps: {
    onlyBundle: ['zod'],
    // The peers in package.json, which are the app's own.
    onlyImport: ['aws-cdk-lib', 'constructs', '@aws-sdk/client-sfn'],
    // Its declarations cannot be part of CommonJS ones. None of ours needs them, or `onlyImport` would refuse the import.
    dts: { neverBundle: [/^zod/] },
  },
  treeshake: { moduleSideEffects: 'no-external' },
  inputOptions: { checks: { pluginTimings: false } },
};

/** What users run: one file, the SDK's credential providers included, which it otherwise loads from files of their own. */
const COMMAND_LINE: InlineConfig = {
  entry: { 'delivery-tracker': 'bin/delivery-tracker.ts' },
  format: 'esm',
  dts: false,
  deps: { alwaysBundle: /./, onlyBundle: false, onlyImport: [] },
  // The packages' ES modules can be tree-shaken.
  inputOptions: { checks: { pluginTimings: false }, resolve: { mainFields: ['module', 'main'] } },
  outputOptions: { codeSplitting: false },
};

/** @returns source files that are inside, packages' included; absolute. */
export function bundleLibraries(directory: string): Promise<string[]> {
  return bundle(LIBRARIES, directory);
}

/** @returns the same. */
export async function bundleCommandLine(directory: string): Promise<string[]> {
  const sources = await bundle(COMMAND_LINE, directory);
  copyPartsOfReports(directory);
  return sources;
}

/** The command line reads them beside itself (cli/report/browser/assets.ts). */
function copyPartsOfReports(directory: string): void {
  const folder = join(PROJECT, 'cli/report/browser');
  for (const name of readdirSync(folder).filter((name) => /^report-.*\.(js|css)$/.test(name))) {
    copyFileSync(join(folder, name), join(directory, name));
  }
}

async function bundle(part: InlineConfig, directory: string): Promise<string[]> {
  const bundles = await build({ ...COMMON, ...part, outDir: directory });
  return bundles
    .flatMap(({ chunks }) => chunks)
    .flatMap((chunk) => (chunk.type === 'chunk' ? Object.entries(chunk.modules) : []))
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .map(([file]) => file);
}
