/** Processes that end with all that they started. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const PATIENCE_MS = 5_000;

/**
 * The exit status of a process, `null` after a signal; it and its group are ended where `signal` aborts.
 *
 * @param leader was spawned `detached`, so that what it started is in its group.
 * @throws the reason of `signal`, when all have ended.
 */
export async function exitOf(leader: ChildProcess, signal?: AbortSignal): Promise<number | null> {
  const abort = () => endGroup(leader);
  signal?.addEventListener('abort', abort);
  try {
    const [status] = await once(leader, 'exit');
    if (signal?.aborted) await endGroup(leader);
    signal?.throwIfAborted();
    return status;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** @param leader was spawned `detached`. */
export async function endGroup(leader: ChildProcess): Promise<void> {
  if (leader.exitCode === null && leader.signalCode === null && leader.pid !== undefined) {
    const exited = once(leader, 'exit');
    signalGroup(leader, 'SIGTERM');
    const stubborn = setTimeout(() => signalGroup(leader, 'SIGKILL'), PATIENCE_MS);
    await exited;
    clearTimeout(stubborn);
  }
  // What outlived its leader.
  signalGroup(leader, 'SIGKILL');
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // The group is gone.
  }
}
