import { expect, it } from 'vitest';
import { deliveriesOf, PAUSE_HOURS, TAUGHT_BY } from '../../../bench/beside-bound/deliveries.ts';
import { type Experiment, idle } from '../../../bench/beside-bound/experiment.ts';
import type { Delivery } from '../../../bench/campaign/campaign.ts';

const SEED = 1;
const groups = [
  { shape: 'lognormal', notifications: 30, within: 60 },
  { shape: 'all slow', notifications: 20, within: 100 },
] as const;
const TAUGHT: Experiment = { taughtBy: 'bimodal', groups };
const durations = (deliveries: readonly Delivery[]) =>
  deliveries.map(({ startedAt, endsAt }) => Math.round(endsAt - startedAt));

it('begin with those that teach, 14 s apart, which have all ended hours before the others start', () => {
  const { all, beginsAt, cuts } = deliveriesOf(TAUGHT, SEED);
  const before = all.slice(0, cuts[0]);
  const starts = before.map(({ startedAt }) => startedAt);
  const ends = before.map(({ endsAt }) => endsAt);

  expect(before).toHaveLength(TAUGHT_BY);
  expect((Math.max(...starts) - Math.min(...starts)) / 1_000).toBeGreaterThan(0.97 * idle(TAUGHT_BY).within);
  expect(beginsAt - Math.max(...ends)).toBe(PAUSE_HOURS * 3_600_000);
});

it('are then those of each group, one group after the other', () => {
  const { all, beginsAt, cuts } = deliveriesOf(TAUGHT, SEED);
  const secondsUntilStart = all.map(({ startedAt }) => (startedAt - beginsAt) / 1_000);

  expect(cuts.map((cut) => cut - TAUGHT_BY)).toEqual([0, 30, 50]);
  expect(secondsUntilStart.slice(...cuts.slice(0, 2)).every((at) => at >= 0 && at < 60)).toBe(true);
  expect(secondsUntilStart.slice(...cuts.slice(1, 3)).every((at) => at >= 60 && at < 160)).toBe(true);
  // No delivery of the slow kind takes less than two minutes.
  expect(Math.min(...durations(all.slice(cuts[1])))).toBeGreaterThan(120_000);
});

it('are the same ones whether or not something was taught before', () => {
  const taught = deliveriesOf(TAUGHT, SEED);
  const untaught = deliveriesOf({ groups }, SEED);

  expect(untaught.cuts).toEqual([0, 30, 50]);
  expect(durations(untaught.all)).toEqual(durations(taught.all.slice(TAUGHT_BY)));
});

it('are different ones for each seed, and in each group', () => {
  const [group] = groups;
  const twice = deliveriesOf({ groups: [group, group] }, SEED);
  const other = deliveriesOf({ groups: [group] }, SEED + 1);

  expect(durations(twice.all.slice(30))).not.toEqual(durations(twice.all.slice(0, 30)));
  expect(durations(other.all)).not.toEqual(durations(twice.all.slice(0, 30)));
});
