/** The time of a local run. The worker that runs the bundle reads the same clock, so a test can own it. */

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Whether waits are jumped over; with the machine's clock they are slept through. */
  readonly jumps: boolean;
  /** Moves a jumping clock on to `time`; the machine's clock goes its own way. */
  jumpTo(time: number): void;
  /** Milliseconds that this clock is ahead of the machine's, shared with workers. */
  readonly ahead: Float64Array<SharedArrayBuffer>;
}

/** The machine's clock. */
export function realClock(): Clock {
  return {
    now: () => Date.now(),
    jumps: false,
    jumpTo: () => {},
    ahead: new Float64Array(new SharedArrayBuffer(8)),
  };
}

/** A clock that jumps over every wait, so that a day passes in a moment. */
export function jumpingClock(): Clock {
  const ahead = new Float64Array(new SharedArrayBuffer(8));
  const now = () => Date.now() + (ahead[0] ?? 0);
  return {
    now,
    ahead,
    jumps: true,
    jumpTo(time) {
      ahead[0] = (ahead[0] ?? 0) + Math.max(0, time - now());
    },
  };
}
