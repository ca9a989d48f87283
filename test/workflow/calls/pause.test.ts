/** Bots that an operator pauses, as the command line does it. */
import { expect, it } from 'vitest';
import { pauseCalls, resumeCalls } from '../../../cli/tracker/pause-calls.ts';
import type { CheckResult } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import type { LocalAws } from '../../../local/aws/local-aws.ts';
import { jumpingClock } from '../../../local/clock.ts';
import { deployment, entry, koreThat, STREAM_ID, says, trackAt } from '../tracking-harness.ts';

const budgetOf = ({ tables }: LocalAws) => ({ client: tables, name: deployment().budgetTable.name });
const isPaused = (check: CheckResult) => 'obstacle' in check && check.obstacle === 'PAUSED';

/** Kore, which says that all is done, and how often it was called. */
async function doneKore() {
  let calls = 0;
  const origin = await koreThat((call, response) => {
    calls = call;
    says(response, 'SUCCESS', [entry(1)]);
  });
  return { origin, calls: () => calls };
}

it('makes no call while its bot is paused from the start, and completes once it is resumed', async () => {
  const clock = jumpingClock();
  const kore = await doneKore();
  const callsAfter: number[] = [];

  const { checks, detail } = await trackAt(kore.origin, {
    clock,
    prepare: (aws) => pauseCalls(budgetOf(aws), STREAM_ID, clock.now()),
    afterCheck(_, aws, check) {
      callsAfter.push(kore.calls());
      if (check === 3) void resumeCalls(budgetOf(aws), STREAM_ID, clock.now());
    },
  });

  expect(checks.slice(0, 3).map(isPaused)).toEqual([true, true, true]);
  expect(callsAfter.slice(0, -1)).toEqual(checks.slice(0, -1).map(() => 0));
  expect(kore.calls()).toBe(1);
  expect(detail.data).toMatchObject({ status: 'SUCCESS', counts: { delivered: 1 } });
});

it('stops calling when its bot is paused on the way, and keeps no reservation', async () => {
  const clock = jumpingClock();
  let aws: LocalAws | undefined;
  let calls = 0;
  const origin = await koreThat(async (call, response) => {
    calls = call;
    // While Kore answers the second check, an operator pauses the bot.
    if (call === 2 && aws !== undefined) await pauseCalls(budgetOf(aws), STREAM_ID, clock.now());
    says(response, call < 3 ? 'IN_PROGRESS' : 'SUCCESS', [entry(1)]);
  });
  const callsAfter: number[] = [];

  const { checks, detail } = await trackAt(origin, {
    clock,
    prepare: (started) => {
      aws = started;
    },
    afterCheck(_, started, check) {
      callsAfter.push(calls);
      if (check === 4) void resumeCalls(budgetOf(started), STREAM_ID, clock.now());
    },
  });

  expect(checks.map(isPaused).slice(0, 4)).toEqual([false, false, true, true]);
  expect(checks[0]).toHaveProperty('reservation');
  for (const check of checks.slice(1, 4)) expect(check).not.toHaveProperty('reservation');
  expect(callsAfter.slice(0, 4)).toEqual([1, 2, 2, 2]);
  expect(calls).toBe(3);
  expect(detail.data.status).toBe('SUCCESS');
});

it('completes where its bot is resumed after the deadline, within its time to queue', async () => {
  const clock = jumpingClock();
  const kore = await doneKore();
  const startedAt = clock.now();
  let resumed = false;

  const { detail } = await trackAt(kore.origin, {
    clock,
    environment: { DEADLINE_SECONDS: '3600' },
    prepare: (aws) => pauseCalls(budgetOf(aws), STREAM_ID, clock.now()),
    afterCheck(_, aws) {
      if (resumed || clock.now() < startedAt + 3_600_000) return;
      resumed = true;
      void resumeCalls(budgetOf(aws), STREAM_ID, clock.now());
    },
  });

  expect(detail.data.status).toBe('SUCCESS');
  expect(detail.data.durationSeconds).toBeGreaterThanOrEqual(3_600);
});

it('fails with the code PAUSED where its bot stays paused beyond the deadline and the time to queue', async () => {
  const clock = jumpingClock();
  const kore = await doneKore();

  const { detail, end, summary, checks } = await trackAt(kore.origin, {
    clock,
    environment: { DEADLINE_SECONDS: '600' },
    prepare: (aws) => pauseCalls(budgetOf(aws), STREAM_ID, clock.now()),
  });

  expect(checks.slice(0, -1).every(isPaused)).toBe(true);
  expect(detail.data).toMatchObject({ counts: { total: 0 }, error: { code: 'PAUSED' } });
  expect(detail.data.durationSeconds).toBeGreaterThanOrEqual(1_200);
  expect(detail.data.durationSeconds).toBeLessThan(1_210);
  expect(end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
  expect(summary).toMatchObject({ outcome: 'failed', error: { code: 'PAUSED' } });
  expect(kore.calls()).toBe(0);
});
