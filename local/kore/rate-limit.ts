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
  const longest = Math.max(...windows.map(({ seconds }) => seconds));
  let calls: number[] = [];
  return {
    admits(now) {
      calls = calls.filter((time) => time > now - longest * 1000);
      const full = windows.some(
        (window) => calls.filter((time) => time > now - window.seconds * 1000).length >= window.calls,
      );
      if (!full) calls.push(now);
      return !full;
    },
  };
}
