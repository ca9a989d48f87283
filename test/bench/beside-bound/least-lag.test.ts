import { expect, it } from 'vitest';
import { idle } from '../../../bench/beside-bound/experiment.ts';
import { cohortsOf, leastLag } from '../../../bench/beside-bound/least-lag.ts';
import { boundOfCohorts, idleBound } from '../../../bench/bound/bound.ts';
import { LIFETIMES } from '../../../bench/bound/lifetimes.ts';

const FIRST = { shape: 'bimodal', notifications: 300, within: 60 } as const;
const SECOND = { shape: 'lognormal', notifications: 100, within: 30 } as const;

it('takes groups as cohorts that start one after the other', () => {
  expect(cohortsOf([FIRST, SECOND])).toEqual([
    { lifetime: LIFETIMES.bimodal, notifications: 300, withinSeconds: 60, fromSeconds: 0 },
    { lifetime: LIFETIMES.lognormal, notifications: 100, withinSeconds: 30, fromSeconds: 60 },
  ]);
});

it('is the bound for one delivery if the bot is idle', () => {
  expect(leastLag([{ ...idle(500), shape: 'bimodal' }], 5)).toBe(idleBound(LIFETIMES.bimodal, 5));
});

it('is higher for as many calls as a tracker makes than for all that the limits admit', () => {
  const all = leastLag([FIRST]);

  expect(all).toBe(boundOfCohorts(cohortsOf([FIRST]), { windows: 'published' }).meanLag);
  expect(leastLag([FIRST], 4)).toBeGreaterThan(2 * all);
});
