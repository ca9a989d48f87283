/** Whole trackings whose calls Kore refuses by its rate limit, or with Retry-After. */
import { expect, it } from 'vitest';
import { jumpingClock } from '../../../local/clock.ts';
import {
  entry,
  fails,
  type KoreAnswer,
  koreThat,
  says,
  type TrackingSetup,
  trackAt,
} from '../tracking-harness.ts';

const FULL_MINUTE = "You've exceeded the per-minute rate limit. Please wait for sometime before retrying.";
const FULL_HOUR = "You've exceeded the hourly rate limit. Please wait for sometime before retrying.";

/** A tracking of which the times of its calls are seen, in seconds after the one before, or after its start. */
async function trackWaiting(answer: KoreAnswer, setup: TrackingSetup = {}) {
  const clock = jumpingClock();
  const calledAt = [clock.now()];
  const origin = await koreThat((call, response, request) => {
    calledAt.push(clock.now());
    answer(call, response, request);
  });
  const tracked = await trackAt(origin, { clock, ...setup });
  return {
    ...tracked,
    detail: tracked.detail,
    waits: calledAt.slice(1).map((time, i) => (time - (calledAt[i] ?? 0)) / 1000),
  };
}

/** Jitter lengthens a wait by up to a tenth; times are whole seconds, and a reserved slot may begin five seconds later. */
function expectWait(wait: number | undefined, seconds: number): void {
  expect(wait).toBeGreaterThanOrEqual(seconds);
  expect(wait).toBeLessThan(1.1 * seconds + 10);
}

it('calls again a minute after a refusal for the minute', async () => {
  const { waits, detail, checks } = await trackWaiting((call, response) =>
    call === 1 ? fails(response, 403, FULL_MINUTE) : says(response, 'SUCCESS', [entry(1)]),
  );

  expect(checks[0]).toMatchObject({ outcome: 'waiting', obstacle: 'RATE_LIMITED' });
  expect(waits).toHaveLength(2);
  expectWait(waits[1], 60);
  expect(detail.data).toMatchObject({ status: 'SUCCESS', checks: 2 });
});

it('says in the log which window is full, and for how long Kore asks to be left alone', async () => {
  const { logLines } = await trackWaiting((call, response) => {
    if (call > 1) return says(response, 'SUCCESS', [entry(1)]);
    response.setHeader('retry-after', '1800');
    return fails(response, 429, FULL_HOUR);
  });

  const lines = logLines.map((line) => JSON.parse(line)).filter(({ code }) => code === 'RATE_LIMITED');
  expect(lines).toMatchObject([{ message: 'obstacle', fullWindow: 'hour', retryAfterSeconds: 1_800 }]);
});

it('waits a minute where the cap is shorter, since Kore asks for it', async () => {
  const { waits } = await trackWaiting(
    (call, response) => (call === 1 ? fails(response, 429) : says(response, 'SUCCESS')),
    { environment: { CAP_SECONDS: '20' } },
  );

  expectWait(waits[1], 60);
});

it('waits five minutes after a refusal for the hour, and twice as long after each further one', async () => {
  const { waits, detail, end } = await trackWaiting((call, response) =>
    call < 4 ? fails(response, 400, FULL_HOUR) : says(response, 'SUCCESS', [entry(1)]),
  );

  expect(waits).toHaveLength(4);
  expectWait(waits[1], 300);
  expectWait(waits[2], 600);
  expectWait(waits[3], 1_200);
  expect(detail.data).toMatchObject({ status: 'SUCCESS', checks: 4 });
  expect(end.status).toBe('SUCCEEDED');
});

it('begins with five minutes again after Kore has answered', async () => {
  const answers: KoreAnswer[] = [
    (_, response) => fails(response, 429, FULL_HOUR),
    (_, response) => fails(response, 429, FULL_HOUR),
    (_, response) => says(response, 'IN_PROGRESS', [entry(1)]),
    (_, response) => fails(response, 429, FULL_HOUR),
    (_, response) => says(response, 'SUCCESS', [entry(1)]),
  ];

  const { waits, checks } = await trackWaiting((call, ...rest) => answers[call - 1]?.(call, ...rest));

  expect(waits).toHaveLength(5);
  expectWait(waits[4], 300);
  expect(checks[2]).not.toHaveProperty('progress.hourlyWaitSeconds');
});

it('comes back when Retry-After says so', async () => {
  const { waits, detail } = await trackWaiting((call, response) => {
    if (call > 1) return says(response, 'SUCCESS', [entry(1)]);
    response.setHeader('retry-after', '1800');
    return fails(response, 503);
  });

  expectWait(waits[1], 1_800);
  expect(detail.data).toMatchObject({ status: 'SUCCESS', checks: 2 });
});

it('comes back at the deadline where Retry-After says later, and fails there', async () => {
  const { waits, detail, summary, end } = await trackWaiting(
    (_, response) => {
      response.setHeader('retry-after', '7200');
      fails(response, 429);
    },
    { environment: { DEADLINE_SECONDS: '3600' } },
  );

  expect(waits).toHaveLength(2);
  expect((waits[0] ?? 0) + (waits[1] ?? 0)).toBeGreaterThanOrEqual(3_600);
  expect((waits[0] ?? 0) + (waits[1] ?? 0)).toBeLessThan(3_610);
  expect(end).toMatchObject({ status: 'FAILED' });
  expect(detail.data.error.code).toBe('RATE_LIMITED');
  // What Kore asked for concerns the next check only.
  expect(Object.keys(detail.data.error)).toEqual(['code', 'message']);
  expect(summary?.error).toEqual(detail.data.error);
});
