/** What npm does at a user's: the tarball, and folders that have it installed. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import lock from '../../package-lock.json' with { type: 'json' };
import { run } from './program.ts';

const PROJECT = join(import.meta.dirname, '..', '..');

/** A folder with a package.json, outside of the project. */
export interface Folder {
  readonly name: string;
  readonly directory: string;
}

export interface InstallationOptions {
  /** Where the folder is made. */
  readonly directory: string;
  /** Path of the packed package. */
  readonly tarball: string;
  readonly signal: AbortSignal;
}

/** Builds and packs the project; returns the tarball's path. */
export async function pack(directory: string, signal: AbortSignal): Promise<string> {
  await run('npm', ['pack', '--pack-destination', directory], { cwd: PROJECT, signal });
  const [tarball] = readdirSync(directory).filter((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball');
  return join(directory, tarball);
}

/** An app of this folder's, with the CDK and TypeScript as this project has them. */
export async function installApp(name: string, options: InstallationOptions): Promise<Folder> {
  const folder = { name, directory: join(options.directory, name) };
  cpSync(join(import.meta.dirname, name), folder.directory, { recursive: true });
  cpSync(join(import.meta.dirname, 'wrong-types.ts'), join(folder.directory, 'wrong-types.ts'));
  await install(folder, ['aws-cdk-lib', 'constructs', 'typescript'].map(asHere), options);
  return folder;
}

/** A folder with nothing but the package. */
export async function installWorkload(options: InstallationOptions): Promise<Folder> {
  const folder = { name: 'workload', directory: join(options.directory, 'workload') };
  mkdirSync(folder.directory);
  writeFileSync(join(folder.directory, 'package.json'), '{}');
  await install(folder, [], options);
  return folder;
}

/** Names of the packages in a folder, at any depth. */
export function installedPackages({ directory }: Folder): string[] {
  const { packages } = JSON.parse(readFileSync(join(directory, 'package-lock.json'), 'utf8')) as typeof lock;
  return Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, ''));
}

async function install(
  { directory }: Folder,
  packages: readonly string[],
  { tarball, signal }: InstallationOptions,
): Promise<void> {
  // Without scripts: there must be nothing to build.
  const options = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...options, tarball, ...packages], { cwd: directory, signal });
}

function asHere(name: string): string {
  const { version } = (lock.packages as Record<string, { version?: string }>)[`node_modules/${name}`] ?? {};
  return `${name}@${version}`;
}
