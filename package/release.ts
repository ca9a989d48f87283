/**
 * `npm run release -- --tested`: checks, freezes and packs a release, and prints how to publish it. It publishes nothing.
 * With `--dry-run` it writes nothing either: it says what is missing.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import project from '../package.json' with { type: 'json' };
import { releaseObstacles, tagOf } from './release-obstacles.ts';

const PROJECT = join(import.meta.dirname, '..');
const { version } = project;
const FROZEN = `test/releases/${version}`;
const OUT = 'dist/release';

class ReleaseError extends Error {}

try {
  const options = { tested: { type: 'boolean' }, 'dry-run': { type: 'boolean' } } as const;
  const { tested = false, 'dry-run': isDryRun = false } = parseArgs({ options }).values;
  release(tested, isDryRun);
} catch (error) {
  const isUsage =
    error instanceof TypeError && 'code' in error && `${error.code}`.startsWith('ERR_PARSE_ARGS');
  if (!isUsage && !(error instanceof ReleaseError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function release(isTested: boolean, isDryRun: boolean): void {
  const obstacles = releaseObstacles({
    version,
    lockedVersion: JSON.parse(read('package-lock.json')).version,
    changelog: read('CHANGELOG.md'),
    upgrading: read('docs/upgrading.md'),
    changedFiles: output('git', 'status', '--porcelain'),
    tags: output('git', 'tag').split('\n'),
    isTested,
  });
  if (obstacles.length > 0) throw new ReleaseError(obstacles.join('\n'));
  if (isDryRun) console.log(`Nothing is missing. It would freeze ${FROZEN} and write ${OUT}/.`);
  else make();
}

function make(): void {
  freeze();
  rmSync(join(PROJECT, OUT), { recursive: true, force: true });
  mkdirSync(join(PROJECT, OUT), { recursive: true });
  run('npm', 'pack', '--pack-destination', OUT);
  run('npm', 'run', '--silent', 'template', '--', OUT);
  const files = readdirSync(join(PROJECT, OUT)).map(lineOf);
  console.log(['', 'Ready to publish:', ...files, '', howToPublish()].join('\n'));
}

/** What later releases are tested against must be that of this commit; only the times of its tracking differ. */
function freeze(): void {
  const isNew = !existsSync(join(PROJECT, FROZEN));
  run('npm', 'run', '--silent', 'freeze');
  const changed = output('git', 'status', '--porcelain', '--', FROZEN, `:!${FROZEN}/tracking.json`);
  if (isNew || changed !== '') {
    throw new ReleaseError(
      `${FROZEN} is of this release now: commit it, let .ci/run pass, and run this again.`,
    );
  }
  run('git', 'restore', '--', FROZEN);
}

function lineOf(name: string): string {
  const bytes = readFileSync(join(PROJECT, OUT, name));
  const kibibytes = Math.round(bytes.byteLength / 1024);
  return `  ${OUT}/${name}  ${kibibytes} KiB  sha256 ${createHash('sha256').update(bytes).digest('hex')}`;
}

function howToPublish(): string {
  return `To publish it:
  git tag --annotate ${tagOf(version)} --message ${version} && git push origin ${tagOf(version)}
  npm publish ${OUT}/${project.name}-${version}.tgz
Put the other files and the section ${version} of CHANGELOG.md beside the tag.`;
}

function read(file: string): string {
  return readFileSync(join(PROJECT, file), 'utf8');
}

function output(program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: PROJECT, encoding: 'utf8' });
  if (status !== 0) throw new ReleaseError(`${program} ${args.join(' ')} exited with ${status}:\n${stderr}`);
  return stdout;
}

function run(program: string, ...args: string[]): void {
  const { status } = spawnSync(program, args, { cwd: PROJECT, stdio: 'inherit' });
  if (status !== 0) throw new ReleaseError(`${program} ${args.join(' ')} exited with ${status}.`);
}
