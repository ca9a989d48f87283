import { expect, it } from 'vitest';
import { EXPECTED_OF_CAMPAIGN } from '../../testing/faults/expected-campaign-ends.ts';
import { EXPECTED } from '../../testing/faults/expected-ends.ts';
import {
  allFaults,
  CAMPAIGN_PLACES,
  IMPOSSIBLE,
  PLACES,
  type Place,
  TIMES,
  WAYS,
} from '../../testing/faults/fault.ts';
import { faultPlan } from '../../testing/faults/fault-plan.ts';

it.each([
  ['a notification', PLACES, EXPECTED],
  ['a campaign', CAMPAIGN_PLACES, EXPECTED_OF_CAMPAIGN],
])('has every place of %s fail in every way, but for those that cannot be', (_, places, expected) => {
  const impossible = places.flatMap((place) => Object.keys(IMPOSSIBLE[place] ?? {})).length;
  const all = (places.length * Object.keys(WAYS).length - impossible) * Object.keys(TIMES).length;

  const faults = allFaults<Place>(places);

  expect(faults).toHaveLength(all);
  const ends = expected as Readonly<Partial<Record<Place, object>>>;
  for (const { place, way } of faults) expect(ends[place], `${place}, ${way}`).toHaveProperty([way]);
});

it('fails a place as often as planned, and no other', () => {
  const plan = faultPlan([{ place: 'summary', way: 'slow', times: 'three times' }]);

  const met = Array.from({ length: 5 }, () => plan.arrive('summary'));

  expect(met).toEqual(['slow', 'slow', 'slow', undefined, undefined]);
  expect(plan.arrive('Kore call')).toBeUndefined();
});
