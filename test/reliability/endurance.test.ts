/** What lasts: a table that is throttled for minutes, and as many checks as the settings allow. */
import { expect, it } from 'vitest';
import { mostChecks } from '../../lambdas/check-delivery/schedule/schedule.ts';
import { jumpingClock } from '../../local/clock.ts';
import { CAMPAIGN, campaignWorld, summaryRow, theEventOf } from '../workflow/campaign/campaign-harness.ts';
import { entry, koreThat, says, trackAt } from '../workflow/tracking-harness.ts';

/** AWS docs, Step Functions service quotas. */
const EVENTS_IN_HISTORY = 25_000;
/** A task: entered, scheduled, started, succeeded, exited. Any other state: entered and exited, at most. */
const EVENTS_OF_TASK = 5;

it('a tracking ends in its event just below the limit of 2,000 checks', async () => {
  const schedule = { floorSeconds: 10, checkWorthSeconds: 1, capSeconds: 10 };
  const deadlineSeconds = 19_950;
  expect(mostChecks(schedule, deadlineSeconds)).toBeLessThanOrEqual(2_000);
  expect(mostChecks(schedule, deadlineSeconds)).toBeGreaterThan(1_950);
  const kore = await koreThat((_, response) => says(response, 'IN_PROGRESS', [entry(1)]));

  const { checks, detail, end, logs } = await trackAt(kore, {
    environment: {
      FLOOR_SECONDS: String(schedule.floorSeconds),
      CHECK_WORTH_SECONDS: String(schedule.checkWorthSeconds),
      CAP_SECONDS: String(schedule.capSeconds),
      DEADLINE_SECONDS: String(deadlineSeconds),
    },
  });

  // Waits are rounded up to whole seconds, so there are fewer than the limit allows for.
  expect(checks.length).toBeGreaterThan(1_700);
  const events = checks.length + end.states.length * 2 + checks.length * (EVENTS_OF_TASK - 2);
  expect((events / checks.length) * 2_000).toBeLessThan(EVENTS_IN_HISTORY);
  expect(detail.data).toMatchObject({ status: 'IN_PROGRESS', error: { code: 'DEADLINE_PASSED' } });
  expect(logs).toHaveLength(1);
});

it('a table that is throttled for ten minutes delays the rows, and loses none', async () => {
  const clock = jumpingClock();
  const throttledUntil = clock.now() + 600_000;
  const sent = Array.from({ length: 60 }, (_, i) => entry(i));
  const kore = await koreThat((_, response) => says(response, 'SUCCESS', sent));

  const { detail, end, logs, checks } = await trackAt(kore, {
    clock,
    faults: {
      arrive: (place) => (place === 'rows written' && clock.now() < throttledUntil ? 'throttle' : undefined),
    },
  });

  const obstacles = checks.flatMap((check) => (check.outcome === 'waiting' ? [check.obstacle] : []));
  expect(new Set(obstacles)).toEqual(new Set(['TABLE_UNREACHABLE']));
  expect(end.status).toBe('SUCCEEDED');
  expect(detail.data).toMatchObject({ status: 'SUCCESS', counts: { total: 60 } });
  expect(detail.data.durationSeconds).toBeGreaterThanOrEqual(600);
  expect(logs.map(({ logId }) => logId).sort()).toEqual(sent.map(({ _id }) => _id).sort());
});

it('a campaign as long as the retention allows ends in its event, in a history that holds all its checks', async () => {
  const world = await campaignWorld();
  await world.put(summaryRow('ds-1', { expiresAt: 4_000_000_000 }));
  const deadlineSeconds = 89 * 86_400;

  const { execution, end, checks } = await world.follow({
    campaignId: CAMPAIGN,
    notifications: 2,
    deadlineSeconds,
  });

  const { detailType, detail } = theEventOf(execution, world);
  expect(checks.length).toBeGreaterThan(1_850);
  expect(end.states.length * 2 + checks.length * (EVENTS_OF_TASK - 2)).toBeLessThan(EVENTS_IN_HISTORY);
  expect(detailType).toBe('Campaign Delivery Timed Out');
  expect(detail.data.notifications).toMatchObject({ complete: 1, missing: 1 });
  expect(detail.data.durationSeconds).toBeGreaterThanOrEqual(deadlineSeconds + 3_600);
});
