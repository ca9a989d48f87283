/** The windows of time in which only so many calls are admitted. */

/** Times are seconds since the campaign's begin. */
export interface CallWindow {
  readonly from: number;
  readonly to: number;
  readonly calls: number;
}

/** A limit on any window of so many seconds. */
export interface RollingLimit {
  readonly seconds: number;
  readonly calls: number;
  /** Of all the windows that it holds in, those are taken that are so many seconds apart: the closer, the tighter. */
  readonly apart: number;
}

/** @returns those that begin before `end`. */
export function windowsOf(limits: readonly RollingLimit[], end: number): CallWindow[] {
  return limits.flatMap(({ seconds, calls, apart }) =>
    Array.from({ length: Math.ceil(end / apart) }, (_, i) => ({
      from: i * apart,
      to: i * apart + seconds,
      calls,
    })),
  );
}
