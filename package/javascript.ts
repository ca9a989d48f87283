/** The project's TypeScript as JavaScript, one file for each entry point. Packages stay outside. */
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { refuseMissingDependencies } from './dependencies.ts';

const PROJECT = join(import.meta.dirname, '..');

/** Source files by the names that they get, without an extension. */
export type EntryPoints = Readonly<Record<string, string>>;

export async function writeEsModules(entryPoints: EntryPoints, directory: string): Promise<void> {
  await compile(entryPoints, directory, { format: 'esm', outExtension: { '.js': '.mjs' } });
}

export async function writeCommonJs(entryPoints: EntryPoints, directory: string): Promise<void> {
  await compile(entryPoints, directory, {
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.dirname': '__dirname' },
  });
}

async function compile(entryPoints: EntryPoints, outdir: string, options: BuildOptions): Promise<void> {
  const { metafile } = await build({
    entryPoints,
    outdir,
    absWorkingDir: PROJECT,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    ...options,
    metafile: true,
  });
  for (const [file, { imports }] of Object.entries(metafile.outputs)) {
    refuseMissingDependencies(
      file,
      imports.map(({ path }) => path),
    );
  }
}
