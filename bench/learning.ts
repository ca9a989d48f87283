/**
 * What learning brings: checks and lag of a tracker that learns how long a bot's deliveries take, beside one that does
 * not, and what it loses when they change.
 *
 *     npm run bench -- learning
 */
import {
  campaign,
  type Delivery,
  later,
  randomFrom,
  SHAPE_NAMES,
  SHAPES,
  type Shape,
  seedOf,
} from './campaign/campaign.ts';
import { meanOf, type Results, simulate } from './campaign/simulation.ts';
import { tracker } from './campaign/tracker.ts';
import { markdownTable, type Section } from './page/section.ts';

const SEEDS = 3;
/** Seconds from one start to the next, in the mean: no rush, so that only the schedule tells. */
const SPACING = 14;

export async function learningSection(): Promise<Section> {
  const rows: string[][] = [];
  for (const shape of Object.keys(SHAPES) as Shape[]) {
    const deliveries = (seed: number) => evenly(5_500, shape, seed);
    rows.push(await compare(`${SHAPE_NAMES[shape]}: 5,000 after 500`, deliveries, 500));
  }
  const changing = (seed: number) => {
    const before = evenly(5_500, 'lognormal', seed);
    const from = before.at(-1)?.startedAt ?? 0;
    const after = evenly(1_000, 'all slow', seed + 1);
    const shift = from - (after[0]?.startedAt ?? 0) + SPACING * 1_000;
    return [...before, ...later(after, shift)];
  };
  rows.push(await compare('after 5,500 lognormal ones: 1,000 that are all slow', changing, 5_500));
  return {
    name: 'learning',
    command: 'npm run bench -- learning',
    text: [
      'Each with what was learnt / by the plain rule alone. Lags are in seconds.',
      markdownTable(['deliveries', 'checks', 'change', 'lag p50', 'lag p95', 'change'], rows),
      `Means over the seeds ${seedOf(0)} to ${seedOf(SEEDS - 1)}; one start every ${SPACING} s in the mean.`,
    ].join('\n\n'),
  };
}

function evenly(notifications: number, shape: Shape, seed: number): Delivery[] {
  return campaign({ notifications, within: notifications * SPACING }, shape, seed);
}

async function compare(label: string, deliveries: (seed: number) => Delivery[], since: number) {
  const learnt = await measure(deliveries, true, since);
  const plain = await measure(deliveries, false, since);
  const both = (figure: keyof Results, digits: number) =>
    `${learnt[figure].toFixed(digits)} / ${plain[figure].toFixed(digits)}`;
  const change = (figure: keyof Results) => {
    const percent = Math.round((learnt[figure] / plain[figure] - 1) * 100);
    return `${percent > 0 ? '+' : ''}${percent} %`;
  };
  return [label, both('checks', 2), change('checks'), both('p50', 0), both('p95', 0), change('p95')];
}

async function measure(deliveries: (seed: number) => Delivery[], learns: boolean, since: number) {
  const results: Results[] = [];
  for (let i = 0; i < SEEDS; i += 1) {
    const random = randomFrom(seedOf(i) + 1_000_000);
    results.push(await simulate(deliveries(seedOf(i)), tracker(random, { learns }), random, since));
  }
  return meanOf(results);
}
