/** The lifetimes that the bound is computed for: those that campaigns are simulated with, as distributions. */
import type { Shape } from '../campaign/campaign.ts';
import { type Lifetime, lognormal, mixture, uniform } from './lifetime.ts';

const HOUR = 3_600;

export const LIFETIMES = {
  lognormal: lognormal(60, 1.2),
  'all slow': lognormal(1_800, 0.5),
  bimodal: mixture([0.8, uniform(5, 15)], [0.2, uniform(600, 3_600)]),
  'quick, a tail of hours': mixture([0.95, lognormal(20, 0.6)], [0.05, uniform(HOUR, 4 * HOUR)]),
} as const satisfies Readonly<Record<Shape, Lifetime>>;
