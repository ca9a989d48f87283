import { expect, it } from 'vitest';
import { plannedCampaign } from '../../local/campaign/planned-campaign.ts';
import { COURSES, mixedCourse } from '../../local/kore/scenario.ts';

const RECIPIENTS = 24;
const failuresOf = (index: number) =>
  Array.from({ length: RECIPIENTS }, (_, recipient) => mixedCourse(index).fails(recipient)).filter(Boolean)
    .length;

it('has ids that are made up, and new every time', () => {
  const [one, other] = [plannedCampaign(3, undefined), plannedCampaign(3, undefined)];
  const ids = [...one.notifications, ...other.notifications].map(({ requestId }) => requestId);

  expect(one.campaignId).toMatch(/^campaign-[0-9a-f-]{36}$/);
  expect(one.campaignId).not.toBe(other.campaignId);
  expect(new Set(ids).size).toBe(6);
  for (const id of ids) expect(id).toMatch(/^ds-/);
});

it('goes for every notification by the scenario that is asked for', () => {
  const { notifications } = plannedCampaign(3, 'outage');

  expect(notifications.map(({ course }) => course)).toEqual(Array(3).fill(COURSES.outage));
});

it('goes for each notification its own way where none is asked for', () => {
  const durations = plannedCampaign(5, undefined).notifications.map(({ course }) => course.durationSeconds);

  expect(new Set(durations).size).toBe(5);
  expect(Math.max(...durations)).toBeLessThan(1.5 * COURSES.partial.durationSeconds);
  expect([0, 1, 2, 3].map(failuresOf)).toEqual([3, 0, 6, 2]);
});

it('goes the same way every time', () => {
  const seen = () =>
    [0, 1, 2, 3, 4, 49].map((index) => [mixedCourse(index).durationSeconds, failuresOf(index)]);

  expect(seen()).toEqual(seen());
  expect([4, 5].map(failuresOf)).toEqual([failuresOf(0), failuresOf(1)]);
});
