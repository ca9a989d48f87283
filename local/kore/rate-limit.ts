/** Kore.ai's two rolling windows for one bot (Kore.ai docs, Rate Limits). Both hold at once. */

export interface RateLimit {
  /** Whether a call at `now` is within the limits; only then it counts. */
  admits(now: number): boolean;
}

export interface Window {
  readonly seconds: number;
  readonly calls: number;
}

export const KORE_WINDOWS: readonly Window[] = [
  { seconds: 60, calls: 600 },
  { seconds: 3600, calls: 18_000 },
];

export function rateLimit(windows: readonly Window[] = KORE_WINDOWS): RateLimit {
  const counts = windows.map((window) => ({ window, oldest: 0 }));
  const calls: number[] = [];
  return {
    admits(now) {
      for (const count of counts) {
        while ((calls[count.oldest] ?? now) <= now - count.window.seconds * 1000) count.oldest += 1;
      }
      const isFull = counts.some(({ window, oldest }) => calls.length - oldest >= window.calls);
      if (!isFull) calls.push(now);
      return !isFull;
    },
  };
}
