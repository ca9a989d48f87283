/**
 * Question 1: how late is the news, and what does it cost, when a campaign of many notifications is tracked?
 *
 *     npm run bench -- campaigns
 */
import { campaignBound } from '../bound/bound.ts';
import { LIFETIMES } from '../bound/lifetimes.ts';
import { type Chart, type LineChart, lineChart } from '../page/chart.ts';
import { markdownTable, number, type Section } from '../page/section.ts';
import { SHAPE_NAMES, SHAPES, type Shape, SIZES, type Size, seedOf } from './campaign.ts';
import { POLICIES, POLICY_NAMES, type PolicyName } from './policies.ts';
import { runAll } from './pool.ts';
import { meanOf, type Results } from './simulation.ts';
import type { Job } from './worker.ts';

export interface Cell {
  readonly shape: Shape;
  readonly size: Size;
  readonly policy: PolicyName;
  readonly mean: Results;
}

const WORKER = new URL('./worker.ts', import.meta.url);
const SHAPE_LIST = Object.keys(SHAPES) as Shape[];

export async function simulateCampaigns(): Promise<Cell[]> {
  const cells = SHAPE_LIST.flatMap((shape) =>
    SIZES.flatMap((size) => POLICY_NAMES.map((policy) => ({ shape, size, policy }))),
  );
  const jobs = cells.flatMap((cell) => Array.from({ length: cell.size.seeds }, (_, i) => ({ ...cell, i })));
  // The longest first, so that the cores end together.
  const byLength = jobs.toSorted((a, b) => b.size.notifications - a.size.notifications);
  const results = await runAll<Job, Results>(WORKER, byLength);
  return cells.map((cell) => {
    const isOfCell = (_: Results, i: number) => {
      const job = byLength[i];
      return job?.shape === cell.shape && job.size === cell.size && job.policy === cell.policy;
    };
    return { ...cell, mean: meanOf(results.filter(isOfCell)) };
  });
}

export function campaignSections(cells: readonly Cell[]): Section[] {
  return SHAPE_LIST.map((shape) => ({
    name: `campaigns: ${shape}`,
    command: 'npm run bench -- campaigns',
    text: [
      `Deliveries take ${SHAPE_NAMES[shape]}. Lags are in seconds.`,
      markdownTable(
        [
          'notifications (within)',
          'policy',
          'lag, mean',
          'p50',
          'p95',
          'max',
          'refused calls',
          'checks',
          'transitions',
        ],
        cells.filter((cell) => cell.shape === shape).map(row),
        2,
      ),
      seedsUsed(),
    ].join('\n\n'),
    charts: [chartOf('mean', shape, cells, boundsOf(shape)), chartOf('checks', shape, cells)],
  }));
}

function row({ size, policy, mean }: Cell): string[] {
  const { transitions } = POLICIES[policy] as { transitions?: (checks: number) => number };
  return [
    `${number(size.notifications)} (${number(size.within)} s)`,
    policy,
    number(mean.mean),
    number(mean.p50),
    number(mean.p95),
    number(mean.max),
    number(mean.refused),
    mean.checks.toFixed(2),
    transitions === undefined ? '–' : transitions(mean.checks).toFixed(1),
  ];
}

function seedsUsed(): string {
  const lists = SIZES.map(
    ({ notifications, seeds }) => `${number(notifications)}: ${seeds} (${seedOf(0)} to ${seedOf(seeds - 1)})`,
  );
  return `Means over seeds, by number of notifications: ${lists.join('; ')}.`;
}

/** What no poller comes below. */
function boundsOf(shape: Shape): LineChart['points'] {
  return SIZES.map(({ notifications, within }) => ({
    x: notifications,
    y: campaignBound({
      lifetime: LIFETIMES[shape],
      notifications,
      withinSeconds: within,
      windows: 'published',
    }).meanLag,
    series: 'bound',
  }));
}

const TITLES = { mean: 'Detection lag, mean, in seconds', checks: 'Checks for each notification' } as const;

function chartOf(
  figure: keyof typeof TITLES,
  shape: Shape,
  cells: readonly Cell[],
  more: LineChart['points'] = [],
): Chart {
  const drawn = cells.filter((cell) => cell.shape === shape);
  return lineChart({
    name: `${figure === 'mean' ? 'lag' : figure}-${shape.replaceAll(/\W+/g, '-')}`,
    title: `${TITLES[figure]}: deliveries of ${SHAPE_NAMES[shape]}`,
    x: 'notifications',
    y: TITLES[figure],
    points: [
      ...drawn.map(({ size, policy, mean }) => ({
        x: size.notifications,
        y: mean[figure],
        series: policy,
      })),
      ...more,
    ],
  });
}
