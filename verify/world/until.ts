/** Waits for something that AWS brings about, in bounded time. */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until there is something.
 *
 * @param what is waited for, in words.
 * @throws Error where it does not come in time.
 */
export type Until = <T>(
  what: string,
  seconds: number,
  ask: () => Promise<T | undefined | false>,
) => Promise<T>;

/** @param ended no one waits any more. */
export function untilIn(ended: AbortSignal, everyMs: number): Until {
  return async (what, seconds, ask) => {
    for (const end = Date.now() + seconds * 1000; ; await sleep(everyMs, undefined, { signal: ended })) {
      ended.throwIfAborted();
      const found = await ask();
      if (found !== undefined && found !== false) return found;
      if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    }
  };
}
