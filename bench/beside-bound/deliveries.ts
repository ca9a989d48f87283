/** The deliveries of an experiment: those that teach the tracker, and those that are measured. */
import { campaign, type Delivery, EPOCH, later } from '../campaign/campaign.ts';
import { type Experiment, idle } from './experiment.ts';

export interface Deliveries {
  readonly all: readonly Delivery[];
  /** When the measured ones begin to start, milliseconds since 1970. */
  readonly beginsAt: number;
  /** Numbers in `all`: where each group begins, and where the last one ends. */
  readonly cuts: readonly number[];
}

export const TAUGHT_BY = 500;
/** Between the last end of what is known and the first start of what is measured: longer than starts are remembered. */
export const PAUSE_HOURS = 8;
/** Far enough apart that no two groups of the seeds that are used are drawn alike. */
const SEEDS_APART = { groups: 1_000, before: 10_000 };

export function deliveriesOf({ taughtBy, groups }: Experiment, seed: number): Deliveries {
  const before = taughtBy === undefined ? [] : campaign(idle(TAUGHT_BY), taughtBy, seed + SEEDS_APART.before);
  const lastEnd = before.reduce((last, { endsAt }) => Math.max(last, endsAt), 0);
  const beginsAt = before.length === 0 ? EPOCH : lastEnd + PAUSE_HOURS * 3_600_000;

  const all = [...before];
  const cuts = [all.length];
  let groupBeginsAt = beginsAt;
  for (const [i, { shape, ...load }] of groups.entries()) {
    const ofGroup = campaign(load, shape, seed + i * SEEDS_APART.groups);
    all.push(...later(ofGroup, groupBeginsAt - EPOCH));
    cuts.push(all.length);
    groupBeginsAt += load.within * 1_000;
  }
  return { all, beginsAt, cuts };
}
