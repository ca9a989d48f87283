/** One run of an experiment, with one seed. */
import { settingsFrom } from '../../lib/configuration/settings.ts';
import { LIFETIMES } from '../bound/lifetimes.ts';
import { randomFrom } from '../campaign/campaign.ts';
import { outcomesOf, type Results, resultsOf } from '../campaign/simulation.ts';
import { DEFAULTS, tracker } from '../campaign/tracker.ts';
import { deliveriesOf } from './deliveries.ts';
import { type Experiment, notificationsOf } from './experiment.ts';
import { knowingLifetime } from './knowing-lifetime.ts';
import { knowingPrices } from './knowing-prices.ts';
import { cohortsOf } from './least-lag.ts';

export interface Trial {
  readonly experiment: Experiment;
  readonly seed: number;
}

export interface Measured {
  /** Over all that is measured. */
  readonly whole: Results;
  readonly groups: readonly Results[];
}

/** A campaign's own execution begins so long before its first notification. */
const ANNOUNCED_BEFORE_MS = 1_000;

export async function runTrial({ experiment, seed }: Trial): Promise<Measured> {
  const { isAnnounced = false, pace = 'balanced' } = experiment;
  const { all, beginsAt, cuts } = deliveriesOf(experiment, seed);
  // Apart from the numbers that the deliveries are drawn with.
  const random = randomFrom(seed + 1_000_000);
  const campaign = { notifications: notificationsOf(experiment), startedAt: beginsAt - ANNOUNCED_BEFORE_MS };
  const forecast = forecastFor(experiment, beginsAt);
  const policy = tracker(random, {
    settings: { ...DEFAULTS, schedule: settingsFrom({ pace }).schedule },
    ...(isAnnounced && { campaign }),
    ...(forecast !== undefined && { forecast }),
  });
  const outcomes = await outcomesOf(all, policy, random);
  return {
    whole: resultsOf(outcomes, cuts[0]),
    groups: experiment.groups.map((_, i) => resultsOf(outcomes, cuts[i], cuts[i + 1])),
  };
}

function forecastFor({ knows, groups }: Experiment, beginsAt: number) {
  const [first] = groups;
  if (knows === 'lifetime' && first !== undefined) return knowingLifetime(LIFETIMES[first.shape]);
  return knows === 'prices' ? knowingPrices(cohortsOf(groups), beginsAt) : undefined;
}
