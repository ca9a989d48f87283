/**
 * Runs `npm run emulator` as the README does: a second terminal pastes what it prints, and Ctrl-C leaves nothing. Beside it, one
 * whose terminal is closed while it deploys.
 *
 *     node test/emulator/played.ts
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { attempt, report } from '../attempts.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const READY = 'Ctrl-C ends the emulator';
const DEPLOYING = 'Deploying';
/** Ends what an attempt that failed has left running. */
const LONGEST_MS = 4 * 60_000;

interface Played {
  /** Resolves to what it has printed, once this is in it. */
  until(text: string): Promise<string>;
  /** Sends it as a terminal does, to all that runs in it, and waits for the exit status. */
  endBy(signal: NodeJS.Signals): Promise<number | null>;
  /** What is there of it: processes, and files in the folder for temporary ones. */
  left(): string[];
}

function play(): Played {
  const folder = mkdtempSync(join(tmpdir(), 'played-'));
  const npm = spawn('npm', ['run', 'emulator'], {
    cwd: PROJECT,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    // npm and the CDK CLI keep what they have compiled for the next time.
    env: { ...process.env, TMPDIR: folder, NODE_DISABLE_COMPILE_CACHE: '1' },
  });
  const closed = once(npm, 'close');
  const stubborn = setTimeout(() => process.kill(-(npm.pid ?? 0), 'SIGTERM'), LONGEST_MS);
  closed.then(() => clearTimeout(stubborn));
  return {
    until: reader(npm),
    async endBy(signal) {
      process.kill(-(npm.pid ?? 0), signal);
      const [status] = await closed;
      return status;
    },
    left: () => leftIn(folder),
  };
}

function reader({ stdout }: ChildProcess): Played['until'] {
  let output = '';
  stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return (text) =>
    new Promise((resolve, reject) => {
      const look = () => output.includes(text) && resolve(output);
      stdout?.on('data', look).on('end', () => reject(new Error(`it ended without "${text}":\n${output}`)));
      look();
    });
}

function leftIn(folder: string): string[] {
  const processes = execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' }).split('\n');
  // tsx, too, keeps what it has compiled, and cannot be told not to make the folder.
  const files = readdirSync(folder).filter((name) => !/^tsx-\d+$/.test(name));
  const left = [...processes.filter((line) => line.includes(folder)), ...files];
  if (left.length === 0) rmSync(folder, { recursive: true });
  return left;
}

async function isAnswering(output: string): Promise<boolean> {
  const [, endpoint = ''] = /AWS_ENDPOINT_URL=(\S+)/.exec(output) ?? [];
  return fetch(endpoint).then(
    () => true,
    () => false,
  );
}

const emulator = play();
// Installed by then, so that two can start.
await emulator.until(DEPLOYING);

report(
  await Promise.all([
    attempt('what it prints is pasted, and Ctrl-C leaves nothing', async () => {
      const output = await emulator.until(READY);
      const [, file = ''] = /^ {2}\. (\S+)$/m.exec(output) ?? [];
      const pasted = [...output.matchAll(/^ {2}((?:\.|npm) .*)$/gm)].map(([, line]) => line);
      assert.equal(pasted.length, 4);
      const page = join(PROJECT, 'delivery-report.html');
      rmSync(page, { force: true });

      const { stdout } = await promisify(execFile)('sh', ['-e', '-c', pasted.join('\n')], { cwd: PROJECT });

      assert.match(stdout, /ds-partial +delivery complete: PARTIAL_SUCCESS/);
      // By then the campaign is over, or nearly.
      assert.match(stdout, /(of 120 recipients were|, \d+) not reached/);
      assert.match(stdout, /^Failures since/m);
      assert.ok(existsSync(page));
      rmSync(page);
      assert.ok(await isAnswering(output));

      assert.equal(await emulator.endBy('SIGINT'), 0);
      assert.deepEqual(emulator.left(), []);
      assert.ok(!(await isAnswering(output)));
      assert.ok(!existsSync(join(PROJECT, file)));
    }),
    attempt('a terminal that is closed while it deploys leaves nothing', async () => {
      const second = play();
      await second.until(DEPLOYING);

      await second.endBy('SIGHUP');

      assert.deepEqual(second.left(), []);
    }),
  ]),
);
