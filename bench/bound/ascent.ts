/** The prices of windows for which the bound is highest. */
import type { Relaxed } from './relaxation.ts';
import type { CallWindow } from './windows.ts';

export interface Summit extends Relaxed {
  /** Of a call in each window, in seconds of lag. */
  readonly prices: Float64Array;
}

const MOST_STEPS = 400;
/** The climb ends when so many steps gained less than this share of the bound. */
const PATIENCE = { steps: 30, gain: 1e-4 };
/** A step multiplies a price by this at most, or divides it. */
const LARGEST_FACTOR = 4.5;
/** Prices are multiplied with this share of the highest one added, or one that has come near 0 could hardly rise again. */
const SHIFT = 0.1;

/**
 * Raises the prices of windows that are overbooked and lowers the others'. The bound is a concave function of the prices,
 * and its gradient is each window's calls beyond those that it admits. Each price has a pace of its own, which falls when the gradient
 * turns (Riedmiller and Braun 1993, "Rprop"). Where the climb ends matters to how tight the bound is, not to whether it holds.
 */
export function ascend(
  relaxed: (prices: Float64Array) => Relaxed,
  windows: readonly CallWindow[],
  from: Float64Array,
): Summit {
  const paces = new Float64Array(windows.length).fill(1);
  const excesses = new Float64Array(windows.length);
  const bounds: number[] = [];
  let prices = from;
  let best: Summit | undefined;
  while (best === undefined || (bounds.length < MOST_STEPS && stillGains(bounds))) {
    const here = relaxed(prices);
    if (best === undefined || here.bound > best.bound) best = { ...here, prices };
    bounds.push(best.bound);

    windows.forEach((window, i) => {
      const excess = Math.log(Math.max(1e-9, (here.calls[i] as number) / window.calls));
      const hasTurned = excess * (excesses[i] as number) < 0;
      paces[i] = Math.min(3, (paces[i] as number) * (hasTurned ? 0.6 : 1.1));
      excesses[i] = excess;
    });
    const shift = SHIFT * prices.reduce((most, price) => Math.max(most, price), 0);
    prices = prices.map((price, i) => {
      const factor = Math.exp((paces[i] as number) * (excesses[i] as number));
      return Math.max(0, (price + shift) * clamp(factor, 1 / LARGEST_FACTOR, LARGEST_FACTOR) - shift);
    });
  }
  return best;
}

function stillGains(bounds: readonly number[]): boolean {
  const [before, now] = [bounds.at(-1 - PATIENCE.steps), bounds.at(-1)];
  return before === undefined || now === undefined || now - before > PATIENCE.gain * Math.abs(now);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
