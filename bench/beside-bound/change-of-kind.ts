/** What it costs that deliveries begin to take another time than those that the tracker has seen. */
import type { Shape } from '../campaign/campaign.ts';
import { markdownTable, seconds } from '../page/section.ts';
import type { Comparison } from './comparison.ts';
import { TAUGHT_BY } from './deliveries.ts';
import { type Experiment, IDLE_SPACING, idle } from './experiment.ts';
import { leastLag } from './least-lag.ts';
import { type MeasuredOf, seedsUsed } from './measure.ts';
import { times } from './words.ts';

const CHANGES: readonly { readonly from: Shape; readonly to: Shape }[] = [
  { from: 'lognormal', to: 'all slow' },
  { from: 'all slow', to: 'lognormal' },
  { from: 'bimodal', to: 'lognormal' },
];
/** After the change: those that teach it, and those that have been taught. */
const AFTER = [
  { name: 'the first 300', ...idle(300) },
  { name: '300 to 1,000', ...idle(700) },
];

const IDLE_CHANGES = CHANGES.map(({ from, to }) => ({
  name: `${from}, then ${to}`,
  experiment: { taughtBy: from, groups: AFTER.map((load) => ({ ...load, shape: to })) },
}));

const CHANGING: Experiment = {
  taughtBy: 'lognormal',
  groups: [
    { shape: 'lognormal', notifications: 1_500, within: 300 },
    { shape: 'all slow', notifications: 1_500, within: 300 },
  ],
};
const CAMPAIGN_CHANGES: readonly Experiment[] = [{ ...CHANGING, isAnnounced: true }, CHANGING];

const EXPERIMENTS = [...IDLE_CHANGES.map(({ experiment }) => experiment), ...CAMPAIGN_CHANGES];

export const changeOfKind: Comparison = {
  experiments: EXPERIMENTS,
  sectionFrom: (measuredOf) => ({
    name: 'bound: a change of kind',
    text: [
      `A bot whose last ${TAUGHT_BY} deliveries were of one kind, and whose next ones are of another, one every ${IDLE_SPACING} s. Lags are in seconds; the bound is that for as many calls, and knows of the change.`,
      markdownTable(
        ['deliveries take', 'after the change', 'lag, mean', 'checks', 'bound', 'times the bound'],
        IDLE_CHANGES.flatMap(({ name, experiment }) => idleRows(name, experiment, measuredOf)),
        2,
      ),
      'A campaign of 3,000 within 600 s, whose first half is lognormal, as the last 500 deliveries were, and whose second half is all slow:',
      markdownTable(
        ['announced', 'lag, mean', 'checks', 'bound, as many calls', 'times', 'bound, all calls', 'times'],
        CAMPAIGN_CHANGES.map((experiment) => campaignRow(experiment, measuredOf)),
      ),
      seedsUsed(EXPERIMENTS),
    ].join('\n\n'),
  }),
};

function idleRows(name: string, experiment: Experiment, measuredOf: MeasuredOf): string[][] {
  return measuredOf(experiment).groups.map(({ mean, checks, calls }, i) => {
    const least = leastLag(experiment.groups.slice(i, i + 1), calls);
    return [name, AFTER[i]?.name ?? '', seconds(mean), checks.toFixed(2), seconds(least), times(mean, least)];
  });
}

function campaignRow(experiment: Experiment, measuredOf: MeasuredOf): string[] {
  const { mean, checks, calls } = measuredOf(experiment).whole;
  const bounds = [leastLag(experiment.groups, calls), leastLag(experiment.groups)];
  return [
    experiment.isAnnounced ? 'yes' : 'no',
    seconds(mean),
    checks.toFixed(2),
    ...bounds.flatMap((least) => [seconds(least), times(mean, least)]),
  ];
}
