/** What npm does at a user's: the tarball, and folders that have it installed. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import lock from '../../package-lock.json' with { type: 'json' };
import { run } from './program.ts';

export const PROJECT = join(import.meta.dirname, '..', '..');
export const OWN_NAME = lock.name;

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

/** An app of this folder's, with the CDK as this project has it, and nothing else. */
export async function installApp(name: string, options: InstallationOptions): Promise<Folder> {
  const folder = copy(join(import.meta.dirname, name), options);
  cpSync(join(import.meta.dirname, 'wrong-props.ts'), join(folder.directory, 'wrong-props.ts'));
  await install(folder, ['aws-cdk-lib', 'constructs'].map(asHere), options);
  return folder;
}

/** A workload of this folder's, with its own SDK. */
export async function installWorkload(name: string, options: InstallationOptions): Promise<Folder> {
  const folder = copy(join(import.meta.dirname, name), options);
  await install(folder, [asHere('@aws-sdk/client-sfn')], options);
  return folder;
}

/** A folder with nothing but the package. */
export async function installConsumer(options: InstallationOptions): Promise<Folder> {
  const folder = { name: 'consumer', directory: join(options.directory, 'consumer') };
  mkdirSync(folder.directory);
  writeFileSync(join(folder.directory, 'package.json'), '{}');
  await install(folder, [], options);
  return folder;
}

/** An example, as its readers copy it. */
export async function installExample(name: string, options: InstallationOptions): Promise<Folder> {
  const folder = copy(join(PROJECT, 'examples', name), options);
  await install(folder, [], options);
  return folder;
}

function copy(source: string, { directory }: InstallationOptions): Folder {
  const folder = { name: basename(source), directory: join(directory, basename(source)) };
  cpSync(source, folder.directory, { recursive: true });
  return folder;
}

/** Names of the packages in a folder, sorted; without those that come inside of another. */
export function installedPackages({ directory }: Folder): string[] {
  return Object.entries(lockfileIn(directory))
    .filter(([path, { inBundle }]) => path !== '' && !inBundle)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
    .toSorted();
}

/** What `aws-cdk-lib` depends on and has not inside. */
export function broughtByTheCdk({ directory }: Folder): string[] {
  const { dependencies, bundleDependencies } = JSON.parse(
    readFileSync(join(directory, 'node_modules/aws-cdk-lib/package.json'), 'utf8'),
  );
  return Object.keys(dependencies).filter((name) => !bundleDependencies.includes(name));
}

function lockfileIn(directory: string): Readonly<Record<string, { readonly inBundle?: true }>> {
  return JSON.parse(readFileSync(join(directory, 'package-lock.json'), 'utf8')).packages;
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
