/** Campaigns to simulate: when notifications start, and how long their delivery takes. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export type Random = () => number;

export function randomFrom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

/** Seconds that a delivery takes. */
export const SHAPES = {
  lognormal: (random: Random) => 60 * Math.exp(1.2 * normal(random)),
  'all slow': (random: Random) => 1_800 * Math.exp(0.5 * normal(random)),
  bimodal: (random: Random) => (random() < 0.8 ? 5 + 10 * random() : 600 + 3_000 * random()),
  'quick, a tail of hours': (random: Random) =>
    random() < 0.95 ? 20 * Math.exp(0.6 * normal(random)) : 3_600 + 10_800 * random(),
} as const;
export type Shape = keyof typeof SHAPES;

export const SHAPE_NAMES: Readonly<Record<Shape, string>> = {
  lognormal: 'lognormal, median 60 s, sigma 1.2',
  'all slow': 'lognormal, median 30 min, sigma 0.5',
  bimodal: '80 % 5 to 15 s, 20 % 10 to 60 min',
  'quick, a tail of hours': '95 % lognormal, median 20 s, sigma 0.6, 5 % 1 to 4 h',
};

/** Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export interface Load {
  readonly notifications: number;
  /** Seconds within which they start, evenly. */
  readonly within: number;
}

export interface Size extends Load {
  /** How many campaigns the means are taken over. */
  readonly seeds: number;
}

export const SIZES: readonly Size[] = [
  { notifications: 50, within: 60, seeds: 20 },
  { notifications: 300, within: 60, seeds: 10 },
  { notifications: 1_000, within: 300, seeds: 5 },
  { notifications: 3_000, within: 600, seeds: 5 },
  { notifications: 10_000, within: 3_600, seeds: 2 },
];

/** Seed number i of a size. */
export const seedOf = (i: number) => 1_000 + i;

/** Milliseconds since 1970, both. */
export interface Delivery {
  readonly startedAt: number;
  readonly endsAt: number;
}

/** An arbitrary moment, not at the edge of any window. */
export const EPOCH = Date.parse('2026-01-01T00:01:23.456Z');

/** Begins at `EPOCH`. */
export function campaign({ notifications, within }: Load, shape: Shape, seed: number): Delivery[] {
  const random = randomFrom(seed);
  const starts = Array.from({ length: notifications }, () => EPOCH + random() * within * 1_000);
  return starts
    .sort((a, b) => a - b)
    .map((startedAt) => ({ startedAt, endsAt: startedAt + SHAPES[shape](random) * 1_000 }));
}

/** @param by milliseconds. */
export function later(deliveries: readonly Delivery[], by: number): Delivery[] {
  return deliveries.map(({ startedAt, endsAt }) => ({ startedAt: startedAt + by, endsAt: endsAt + by }));
}
