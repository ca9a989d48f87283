/** What it costs not to know how many will come, how long deliveries take, and what calls will be worth. */
import { type Load, SHAPES, type Shape } from '../campaign/campaign.ts';
import { markdownTable, seconds } from '../page/section.ts';
import type { Comparison } from './comparison.ts';
import { TAUGHT_BY } from './deliveries.ts';
import { CAMPAIGNS, type Experiment, IDLE, taught } from './experiment.ts';
import { leastLag } from './least-lag.ts';
import { type MeasuredOf, seedsUsed } from './measure.ts';
import { loadInWords, times } from './words.ts';

const OF_CAMPAIGNS: readonly Shape[] = ['lognormal', 'all slow', 'bimodal'];
const OF_IDLE = Object.keys(SHAPES) as Shape[];

/** From what a tracker may know of a campaign to nothing at all. */
function knowledgeOf(shape: Shape, load: Load) {
  return {
    prices: taught(shape, load, { knows: 'prices' }),
    size: taught(shape, load, { isAnnounced: true }),
    kind: taught(shape, load),
    nothing: { groups: [{ ...load, shape }] },
  } satisfies Record<string, Experiment>;
}

const CAMPAIGN_ROWS = OF_CAMPAIGNS.flatMap((shape) =>
  CAMPAIGNS.map((load) => ({ shape, load, by: knowledgeOf(shape, load) })),
);
const IDLE_ROWS = OF_IDLE.map((shape) => ({
  shape,
  known: taught(shape, IDLE, { knows: 'lifetime' }),
  learnt: taught(shape, IDLE),
}));

const EXPERIMENTS: readonly Experiment[] = [
  ...CAMPAIGN_ROWS.flatMap(({ by }) => Object.values(by)),
  ...IDLE_ROWS.flatMap(({ known, learnt }) => [known, learnt]),
];

export const notKnowing: Comparison = {
  experiments: EXPERIMENTS,
  sectionFrom: (measuredOf) => ({
    name: 'bound: not knowing',
    text: [
      `Times the bound for as many calls, by what the tracker knows of a campaign. *nothing*: it has seen no delivery of the bot. *lifetimes*: it has seen ${TAUGHT_BY}. *size*: it also knows how many notifications the campaign has. *prices*: it is told the bound's own prices in place of those that it would forecast. *regret*: how much higher the mean lag is with nothing than with lifetimes, in seconds.`,
      markdownTable(
        ['deliveries take', 'notifications (within)', 'prices', 'size', 'lifetimes', 'nothing', 'regret'],
        CAMPAIGN_ROWS.map(({ shape, load, by }) => [
          shape,
          loadInWords(load),
          ...Object.values(by).map((experiment) => timesTheBound(experiment, measuredOf)),
          seconds(measuredOf(by.nothing).whole.mean - measuredOf(by.kind).whole.mean),
        ]),
        2,
      ),
      `Of an idle bot, where the tracker is told how long deliveries take, and where it has learnt it from ${TAUGHT_BY}:`,
      markdownTable(
        ['deliveries take', 'told', 'learnt'],
        IDLE_ROWS.map(({ shape, known, learnt }) => [
          shape,
          timesTheBound(known, measuredOf),
          timesTheBound(learnt, measuredOf),
        ]),
      ),
      seedsUsed(EXPERIMENTS),
    ].join('\n\n'),
  }),
};

function timesTheBound(experiment: Experiment, measuredOf: MeasuredOf): string {
  const { mean, calls } = measuredOf(experiment).whole;
  return times(mean, leastLag(experiment.groups, calls));
}
