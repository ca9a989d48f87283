/** Many rows into the table at once: side by side, and again where DynamoDB asks to slow down. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isThrottle } from '../../aws-error.ts';
import { isRefusal } from './put-row.ts';
import type { RowWrite } from './row-matching.ts';

/** In flight at once: DynamoDB's answer takes some milliseconds, in which the function's share of a processor makes few requests. */
const LANES = 16;
/** Waits before a row that DynamoDB throttled is sent again; with full jitter, then it gives up. */
const BACKOFF_MS = [50, 100, 200, 400, 800, 1600, 3200];

/**
 * Writes rows by `put`. One that is refused for good keeps no other out.
 *
 * @throws the error of the first that failed; nothing is being written any more then.
 */
export async function writeRows(
  writes: readonly RowWrite[],
  signal: AbortSignal,
  put: (write: RowWrite, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const waiting = [...writes].reverse();
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  let refusal: unknown;
  const lane = async () => {
    for (let write = waiting.pop(); write !== undefined; write = waiting.pop()) {
      try {
        await putInTime(write, either, put);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refusal ??= error;
      }
    }
  };
  const stopOthers = (error: unknown) => {
    waiting.length = 0;
    // Only the first reason counts: the others fail because of it.
    failure.abort(error);
  };
  // A lane that went on after the check has ended would write beside the next one.
  await Promise.all(Array.from({ length: LANES }, () => lane().catch(stopOthers)));
  if (failure.signal.aborted) throw failure.signal.reason;
  if (refusal !== undefined) throw refusal;
}

async function putInTime(
  write: RowWrite,
  signal: AbortSignal,
  put: (write: RowWrite, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  for (const backoff of BACKOFF_MS) {
    try {
      return await put(write, signal);
    } catch (error) {
      if (!isThrottle(error)) throw error;
    }
    await sleep(backoff * Math.random(), undefined, { signal });
  }
  return put(write, signal);
}
