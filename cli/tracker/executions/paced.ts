/** Requests that Step Functions answers at once up to a number, and then so many a second. */
import type { Clock } from '../../session.ts';

/**
 * DescribeExecution: 300 at once and 15 a second, or 250 and 10 by region; GetExecutionHistory: 400 and 20 (AWS docs, service quotas).
 * Others use them too.
 */
const AT_ONCE = 100;
const PER_SECOND = 8;

/** Waits for a turn before each request, once those that may go at once have gone. */
export function turns(clock: Clock, interrupted: AbortSignal): () => Promise<void> {
  let left = AT_ONCE;
  let nextAt = 0;
  return async () => {
    left -= 1;
    if (left >= 0) return;
    const now = clock.now();
    const at = Math.max(now, nextAt);
    nextAt = at + 1000 / PER_SECOND;
    if (at > now) await clock.sleep(at - now, interrupted);
  };
}
