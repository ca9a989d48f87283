import { expect, it } from 'vitest';
import { EXPECTED } from '../../testing/faults/expected-ends.ts';
import { allFaults, IMPOSSIBLE, PLACES, TIMES, WAYS } from '../../testing/faults/fault.ts';
import { faultPlan } from '../../testing/faults/fault-plan.ts';

it('has every place fail in every way, but for those that cannot be', () => {
  const impossible = Object.values(IMPOSSIBLE).flatMap((ways) => Object.keys(ways)).length;
  const all = (PLACES.length * Object.keys(WAYS).length - impossible) * Object.keys(TIMES).length;

  expect(allFaults()).toHaveLength(all);
  for (const { place, way } of allFaults()) expect(EXPECTED[place][way], `${place}, ${way}`).toBeDefined();
});

it('fails a place as often as planned, and no other', () => {
  const plan = faultPlan([{ place: 'summary', way: 'slow', times: 'three times' }]);

  const met = Array.from({ length: 5 }, () => plan.arrive('summary'));

  expect(met).toEqual(['slow', 'slow', 'slow', undefined, undefined]);
  expect(plan.arrive('Kore call')).toBeUndefined();
});
