/** What the tracker reaches of the bound once it knows the bot's deliveries. */
import { type Load, SHAPES, type Shape } from '../campaign/campaign.ts';
import { markdownTable, number, seconds } from '../page/section.ts';
import type { Comparison } from './comparison.ts';
import { PAUSE_HOURS, TAUGHT_BY } from './deliveries.ts';
import { CAMPAIGNS, type Experiment, IDLE, IDLE_SPACING, isIdle, taught } from './experiment.ts';
import { leastLag } from './least-lag.ts';
import { type MeasuredOf, seedsUsed } from './measure.ts';
import { loadInWords, times } from './words.ts';

/** All start before a price could tell how many there will be. */
const SHORT: Load = { notifications: 300, within: 60 };

const EXPERIMENTS = (Object.keys(SHAPES) as Shape[]).flatMap((shape) => [
  taught(shape, IDLE),
  taught(shape, SHORT),
  ...CAMPAIGNS.flatMap((load) => [taught(shape, load, { isAnnounced: true }), taught(shape, load)]),
]);

export const reached: Comparison = {
  experiments: EXPERIMENTS,
  sectionFrom: (measuredOf) => ({
    name: 'bound: reached',
    text: [
      `This project's tracker with the defaults of a deployment. It has seen ${TAUGHT_BY} deliveries of the same kind before, one every ${IDLE_SPACING} s, and then none for ${PAUSE_HOURS} hours. An idle bot sends one every ${IDLE_SPACING} s. A campaign is *announced* if the tracker knows from its begin how many notifications it has. Lags are in seconds; a tracking has two transitions and three for each check; *times the bound* is the mean lag by the bound for a poller that makes as many calls, and by the bound for one that makes all that the limits admit.`,
      markdownTable(
        HEAD,
        EXPERIMENTS.map((experiment) => row(experiment, measuredOf)),
        2,
      ),
      seedsUsed(EXPERIMENTS),
    ].join('\n\n'),
  }),
};

const HEAD = [
  'deliveries take',
  'notifications (within)',
  'lag, mean',
  'p50',
  'p95',
  'max',
  'checks',
  'refused calls',
  'times the bound, as many calls',
  'all calls',
];

function row(experiment: Experiment, measuredOf: MeasuredOf): string[] {
  const { groups, isAnnounced } = experiment;
  const { whole } = measuredOf(experiment);
  return groups.flatMap((group) => [
    group.shape,
    `${isIdle(group) ? `${number(group.notifications)}, idle` : loadInWords(group)}${isAnnounced ? ', announced' : ''}`,
    seconds(whole.mean),
    seconds(whole.p50),
    seconds(whole.p95),
    seconds(whole.max),
    whole.checks.toFixed(2),
    number(whole.refused),
    times(whole.mean, leastLag(groups, whole.calls)),
    isIdle(group) ? '–' : times(whole.mean, leastLag(groups)),
  ]);
}
