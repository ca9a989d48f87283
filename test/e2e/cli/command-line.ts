/** `delivery-tracker` as an operator runs it: a process of its own, on a terminal or for a machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Fields } from '../account.ts';
import { credentialsFor } from '../iam/operators.ts';
import { pythonProgram } from '../python.ts';

const COMMAND = join(import.meta.dirname, '..', '..', '..', 'bin', 'delivery-tracker.ts');
/** A terminal for the program that it is given; its exit status is the program's. */
const TERMINAL = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
const WIDE = 160;

export interface Ran {
  readonly status: number | null;
  /** On a terminal, all that was seen there, without colours. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly ended: Promise<Ran>;
  /** What it has written so far, without colours. */
  seen(): string;
  /** Ends it at once, and what it runs in. */
  kill(): void;
}

/** Runs a command for a machine and returns its documents, one for each line or one in all. */
export async function runJson(...args: string[]): Promise<{ status: number | null; documents: Fields[] }> {
  const { status, stdout, stderr } = await runCommand([...args, '--json']).ended;
  const text = status === 0 || stdout !== '' ? stdout : stderr;
  return { status, documents: documentsIn(text) };
}

/** Runs a command on a terminal. */
export function runOnTerminal(...args: string[]): Promise<Ran> {
  return startOnTerminal(...args).ended;
}

/** Runs a command on a terminal of so many columns. */
export function runOnTerminalOf(columns: number, ...args: string[]): Promise<Ran> {
  return openTerminal(columns, args).ended;
}

export function startOnTerminal(...args: string[]): Running {
  return openTerminal(WIDE, args);
}

/** Runs a command on a terminal on which a line is typed. */
export function answerOnTerminal(line: string, ...args: string[]): Promise<Ran> {
  return openTerminal(WIDE, args, `${line}\n`).ended;
}

function openTerminal(columns: number, args: readonly string[], typed = ''): Running {
  const sized = ['sh', '-c', `stty cols ${columns} rows 50; exec "$@"`, 'sh'];
  const program = [...sized, process.execPath, COMMAND, ...args];
  const child = spawn(pythonProgram('python'), ['-c', TERMINAL, ...program], {
    stdio: 'pipe',
    // A group of its own, so that whatever runs in the terminal ends with it.
    detached: true,
    env: { ...process.env, ...credentialsFor(args), TERM: 'xterm' },
  });
  child.stdin.end(typed);
  return watch(child);
}

export function runCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Running {
  return watch(
    spawn(process.execPath, [COMMAND, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, ...credentialsFor(args), ...environment },
    }),
  );
}

function watch(child: ChildProcess): Running {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const ended = once(child, 'close').then(([status]) => ({
    status,
    stdout: plain(said.stdout),
    stderr: plain(said.stderr),
  }));
  return {
    ended,
    seen: () => plain(said.stdout + said.stderr),
    kill: () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'),
  };
}

function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll('\r', '');
}

function documentsIn(text: string): Fields[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }
}
