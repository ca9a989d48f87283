/** The time of a local run. The worker that runs the bundle reads the same clock, so a test can own it. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Whether waits are jumped over; with the machine's clock they are slept through. */
  readonly jumps: boolean;
  /** An execution begins, and will sleep through its waits or end. */
  begin(): void;
  /**
   * Sleeps until `time`; with the machine's clock the wait state itself has slept.
   *
   * @throws the reason of `stopped` once it is aborted; nothing waits for that sleeper any more.
   */
  sleepUntil(time: number, stopped?: AbortSignal): Promise<void>;
  end(): void;
  /** Milliseconds that this clock is ahead of the machine's, shared with workers. */
  readonly ahead: Float64Array<SharedArrayBuffer>;
}

/** The machine's clock. */
export function realClock(): Clock {
  return {
    now: () => Date.now(),
    jumps: false,
    begin: () => {},
    sleepUntil: async () => {},
    end: () => {},
    ahead: new Float64Array(new SharedArrayBuffer(8)),
  };
}

/**
 * A clock that jumps over every wait, so that a day passes in a moment. Where several executions run, it jumps to the
 * first that wakes once all of them sleep.
 */
export function jumpingClock(): Clock {
  const ahead = new Float64Array(new SharedArrayBuffer(8));
  const now = () => Date.now() + (ahead[0] ?? 0);
  let sleepers: { readonly time: number; wake(): void }[] = [];
  let executions = 0;

  function jumpIfAllSleep(): void {
    if (sleepers.length < executions || sleepers.length === 0) return;
    sleepers.sort((a, b) => a.time - b.time);
    const earliest = sleepers[0]?.time ?? 0;
    ahead[0] = (ahead[0] ?? 0) + Math.max(0, earliest - now());
    while ((sleepers[0]?.time ?? Number.POSITIVE_INFINITY) <= now()) sleepers.shift()?.wake();
  }

  return {
    now,
    ahead,
    jumps: true,
    begin() {
      executions += 1;
    },
    async sleepUntil(time, stopped) {
      stopped?.throwIfAborted();
      const { promise: woken, resolve: wake, reject } = Promise.withResolvers<void>();
      const sleeper = { time, wake };
      sleepers.push(sleeper);
      stopped?.addEventListener('abort', () => {
        sleepers = sleepers.filter((other) => other !== sleeper);
        reject(stopped.reason);
      });
      jumpIfAllSleep();
      return woken;
    },
    end() {
      executions -= 1;
      jumpIfAllSleep();
    },
  };
}
