/** Requests that Step Functions answers at once up to a number, and then so many a second. */
import pThrottle from 'p-throttle';

/**
 * DescribeExecution: 300 at once and 15 a second, or 250 and 10 by region; GetExecutionHistory: 400 and 20 (AWS docs, service quotas).
 * Others use them too.
 */
const AT_ONCE = 100;
const PER_SECOND = 8;

/** Waits for a turn before each request, once those that may go at once have gone. */
export function turns(signal: AbortSignal): () => Promise<void> {
  let left = AT_ONCE;
  const inTurn = pThrottle({ limit: 1, interval: 1000 / PER_SECOND, signal })(async () => {});
  return async () => {
    left -= 1;
    // At Ctrl-C nobody waits for the answer.
    if (left < 0) await inTurn().catch(() => {});
  };
}
