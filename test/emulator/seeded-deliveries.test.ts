import { describe, expect, it } from 'vitest';
import { CAMPAIGN, seededDelivery } from '../../emulator/seeded-deliveries.ts';
import { COURSES, SCENARIOS } from '../../local/kore/scenario.ts';

const courseOf = (requestId: string) => seededDelivery(requestId, 'st-1')?.course;

it.each(SCENARIOS)('ds-%s goes as it is called', (scenario) => {
  expect(courseOf(`ds-${scenario}`)).toBe(COURSES[scenario]);
});

it('does so with anything after it', () => {
  expect(courseOf('ds-slow-2')).toBe(COURSES.slow);
});

describe('an id is unknown', () => {
  it.each(['ds-1', 'ds-slower', 'slow', 'ds-'])('%s', (requestId) => {
    expect(courseOf(requestId)).toBeUndefined();
  });
});

it('has a delivery for each notification of the campaign', () => {
  const unknown = CAMPAIGN.notifications.filter(({ requestId }) => courseOf(requestId) === undefined);

  expect(unknown).toEqual([]);
});
