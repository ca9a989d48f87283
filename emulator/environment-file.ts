/** A file that leads a shell to the emulator: `. dist/emulator.env`. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface EnvironmentFile {
  /** From the working directory. */
  readonly path: string;
  readonly lines: readonly string[];
  remove(): void;
}

const DIST = join(import.meta.dirname, '..', 'dist');

/** @param folder where files of emulators that run at the same time stand beside each other. */
export function writeEnvironmentFile(
  environment: Readonly<Record<string, string>>,
  folder = DIST,
): EnvironmentFile {
  mkdirSync(folder, { recursive: true });
  const file = freeName(folder);
  const lines = [
    // They would win over the keys, or be sent with them.
    'unset AWS_PROFILE AWS_SESSION_TOKEN',
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`),
  ];
  writeFileSync(file, [`${OWNER}${process.pid}`, ...lines, ''].join('\n'));
  return { path: relative('.', file), lines, remove: () => rmSync(file, { force: true }) };
}

/** In quotes, where a shell would read more than a word in it. */
function quoted(value: string): string {
  return /^[\w.:/,@%+=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** Begins the first line, which names the process that removes the file. */
const OWNER = '# npm run emulator, process ';

/** The first name that no running emulator has. */
function freeName(folder: string, number = 1): string {
  const file = join(folder, number === 1 ? 'emulator.env' : `emulator-${number}.env`);
  return isInUse(file) ? freeName(folder, number + 1) : file;
}

function isInUse(file: string): boolean {
  try {
    const [first = ''] = readFileSync(file, 'utf8').split('\n');
    process.kill(Number(first.slice(OWNER.length)), 0);
    return true;
  } catch {
    return false;
  }
}
