import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endGroup, exitOf } from '../../emulator/process-group.ts';

let leader: ChildProcess;
let end: Promise<unknown>;
/** A shell that waits for what it started; the pipe closes when both have ended. */
beforeEach(async () => {
  leader = spawn('/bin/sh', ['-c', 'sleep 600 & echo started; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  end = once(leader, 'close');
  await once(leader.stdout as NonNullable<ChildProcess['stdout']>, 'data');
});
afterEach(() => endGroup(leader));

it('ends with all that it started', async () => {
  await endGroup(leader);

  await expect(end).resolves.toBeDefined();
});

it('ends with all that it started, where the leader has ended before', async () => {
  leader.kill('SIGKILL');
  await once(leader, 'exit');

  await endGroup(leader);

  await expect(end).resolves.toBeDefined();
});

it('ends when the signal aborts, and gives its reason', async () => {
  const interruption = new AbortController();
  const exit = exitOf(leader, interruption.signal);
  interruption.abort();

  await expect(exit).rejects.toBe(interruption.signal.reason);
  await expect(end).resolves.toBeDefined();
});
