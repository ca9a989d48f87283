import { expect, it } from 'vitest';
import { alarmDescription, repositoryUrl } from '../../../lib/monitoring/alarm-description.ts';

const WATCH = { means: 'It does not work.', first: ['list --running'] };

it('says what the alarm means, what to paste first, and where the rest is', () => {
  expect(alarmDescription('Stack-Tracker', 'Not working', WATCH)).toBe(
    'Stack-Tracker: It does not work. Begin with `npx delivery-tracker doctor`, then `npx delivery-tracker list --running` (of several trackers, with --tracker Stack-Tracker). What to do then: "Not working" in docs/runbook.md of the package notification-delivery-tracker',
  );
});

it('links the entry of a runbook that is elsewhere', () => {
  const text = alarmDescription('Tracker', 'Not working', WATCH, 'https://wiki.example.com/tracker');

  expect(text).toMatch(/What to do then: https:\/\/wiki\.example\.com\/tracker#not-working$/);
});

it('is no longer than CloudWatch takes', () => {
  expect(alarmDescription('a'.repeat(900), 'Not working', WATCH)).toHaveLength(1024);
});

it.each([
  ['git+https://github.com/team/tracker.git', 'https://github.com/team/tracker/blob/HEAD/docs/runbook.md'],
  ['git@github.com:team/tracker.git', undefined],
  [
    { type: 'git', url: 'https://github.com/team/tracker' },
    'https://github.com/team/tracker/blob/HEAD/docs/runbook.md',
  ],
  ['https://git.example.com/team/tracker', undefined],
  [undefined, undefined],
])('finds the runbook in the repository that the package names: %j', (repository, url) => {
  expect(repositoryUrl({ repository })).toBe(url);
});
