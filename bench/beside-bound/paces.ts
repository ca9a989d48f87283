/** What each pace brings and costs. */
import { PACES } from '../../lib/configuration/pace.ts';
import { SHAPES, type Shape } from '../campaign/campaign.ts';
import { markdownTable, seconds } from '../page/section.ts';
import type { Comparison } from './comparison.ts';
import { CAMPAIGNS, type Experiment, IDLE, taught } from './experiment.ts';
import { leastLag } from './least-lag.ts';
import { type MeasuredOf, seedsUsed } from './measure.ts';
import { loadInWords, times, transitions } from './words.ts';

const SHAPE_LIST = Object.keys(SHAPES) as Shape[];
const OF_IDLE: readonly Experiment[] = SHAPE_LIST.flatMap((shape) =>
  PACES.map((pace) => taught(shape, IDLE, { pace })),
);
/** Where more calls are free than the balanced pace makes. */
const OF_CAMPAIGNS: readonly Experiment[] = SHAPE_LIST.flatMap((shape) =>
  CAMPAIGNS.slice(0, 2).map((load) => taught(shape, load, { pace: 'prompt', isAnnounced: true })),
);

const EXPERIMENTS = [...OF_IDLE, ...OF_CAMPAIGNS];

export const paces: Comparison = {
  experiments: EXPERIMENTS,
  sectionFrom: (measuredOf) => ({
    name: 'bound: paces',
    text: [
      'An idle bot whose deliveries the tracker knows, by pace. Lags are in seconds; *times the bound* is by the bound for as many calls.',
      markdownTable(
        ['deliveries take', 'pace', 'lag, mean', 'p95', 'checks', 'transitions', 'times the bound'],
        OF_IDLE.map((experiment) => idleRow(experiment, measuredOf)),
        2,
      ),
      'A campaign that is announced, at the pace `prompt`, beside the bound for all calls that the limits admit:',
      markdownTable(
        [
          'deliveries take',
          'notifications (within)',
          'lag, mean',
          'p95',
          'checks',
          'bound, all calls',
          'times',
        ],
        OF_CAMPAIGNS.map((experiment) => campaignRow(experiment, measuredOf)),
        2,
      ),
      seedsUsed(EXPERIMENTS),
    ].join('\n\n'),
  }),
};

function idleRow(experiment: Experiment, measuredOf: MeasuredOf): string[] {
  const { mean, p95, checks, calls } = measuredOf(experiment).whole;
  return [
    shapeOf(experiment),
    experiment.pace ?? '',
    seconds(mean),
    seconds(p95),
    checks.toFixed(2),
    transitions(checks),
    times(mean, leastLag(experiment.groups, calls)),
  ];
}

function campaignRow(experiment: Experiment, measuredOf: MeasuredOf): string[] {
  const { mean, p95, checks } = measuredOf(experiment).whole;
  const least = leastLag(experiment.groups);
  const loads = experiment.groups.map(loadInWords);
  return [
    shapeOf(experiment),
    ...loads,
    seconds(mean),
    seconds(p95),
    checks.toFixed(2),
    seconds(least),
    times(mean, least),
  ];
}

function shapeOf({ groups }: Experiment): string {
  return groups.map(({ shape }) => shape).join(', then ');
}
