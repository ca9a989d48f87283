/**
 * Interrupts `npm run verify` in the emulator, once while it deploys and once between its scenarios: nothing may be left.
 *
 *     node test/verify/interrupted-run.ts
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { attempt, report } from '../attempts.ts';

/** An interrupted run that hangs is killed, and fails. */
const LONGEST_MS = 5 * 60_000;
const PROGRAM = join(import.meta.dirname, '..', '..', 'verify', 'run.ts');

/** @param line begins the line at which Ctrl-C is pressed. */
async function interruptedAt(line: string): Promise<void> {
  const run = spawn(process.execPath, [PROGRAM, '--emulator'], { stdio: ['ignore', 'pipe', 'inherit'] });
  // Its output is whole only then, which may be after its exit.
  const closed = once(run, 'close');
  const stubborn = setTimeout(() => run.kill('SIGKILL'), LONGEST_MS);
  let output = '';
  run.stdout.setEncoding('utf8').on('data', (text: string) => {
    const isFirst = !output.includes(line);
    output += text;
    if (isFirst && output.includes(line)) run.kill('SIGINT');
  });

  const [status, signal] = await closed;
  clearTimeout(stubborn);

  assert.equal(signal, null, `not done within ${LONGEST_MS / 1000} s:\n${output}`);
  assert.equal(status, 130);
  assert.match(output, /^Before: nothing of this run is there\.$/m);
  assert.match(output, /^Interrupted\. Taking everything down/m);
  assert.match(output, /^After: nothing of this run is there\.$/m);
}

report([
  await attempt('interrupted while it deploys', () => interruptedAt('Deploying')),
  await attempt('interrupted between its scenarios', () => interruptedAt('  done')),
]);
