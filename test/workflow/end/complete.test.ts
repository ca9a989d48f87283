/** Trackings that end with a final status. */
import { expect, it } from 'vitest';
import { deliveryCompleteSchema } from '../../../contract/event/final-event.ts';
import { jumpingClock } from '../../../local/clock.ts';
import { faultPlan } from '../../../testing/faults/fault-plan.ts';
import { entry, fails, koreThat, STREAM_ID, says, simulator, trackAt } from '../tracking-harness.ts';

it.each([
  ['SUCCESS', 20, 0],
  ['PARTIAL_SUCCESS', 15, 5],
  ['FAILURE', 0, 20],
])('publishes %s with its counts and writes a row for each recipient', async (status, delivered, failed) => {
  const clock = jumpingClock();
  const kore = await simulator(clock);
  const course = { durationSeconds: 300, fails: (index: number) => index < failed, fault: () => undefined };
  const requestId = 'ds-complete';
  kore.send({ requestId, streamId: STREAM_ID, recipients: 20, course });

  const input = { requestId, streamId: STREAM_ID, recipients: 20, correlationId: 'order-42' };
  const tracked = await trackAt(kore.origin, { clock, input, name: requestId });

  const counts = { total: 20, delivered, failed };
  expect(tracked.events).toMatchObject([
    { source: 'notification-delivery-tracker', detailType: 'Notification Delivery Complete' },
  ]);
  expect(deliveryCompleteSchema.parse(tracked.detail)).toEqual(tracked.detail);
  expect(tracked.detail.metadata).toMatchObject({ id: tracked.executionArn, correlationId: 'order-42' });
  expect(tracked.detail.data).toMatchObject({
    requestId,
    streamId: STREAM_ID,
    status,
    counts,
    channels: ['ivr'],
  });
  expect(tracked.end).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'complete', status, counts } });
  expect(tracked.summary).toMatchObject({ outcome: 'complete', status, counts, correlationId: 'order-42' });
  expect(tracked.logs).toHaveLength(20);
  expect(tracked.logs.filter((row) => row.status === 'FAILURE')).toHaveLength(failed);
});

it('keeps every field that Kore sent under "log"', async () => {
  const entries = [entry(1), entry(2, 'FAILURE')];
  const origin = await koreThat((_, response) => says(response, 'PARTIAL_SUCCESS', entries));

  const { logs } = await trackAt(origin);

  expect(logs.map(({ log }) => log)).toEqual(entries);
  expect(logs[1]).toMatchObject({
    logId: 'nl-2',
    recipient: 'person.2@example.com',
    status: 'FAILURE',
    createdOn: '2026-01-02T03:04:05.678Z',
    failureOf: expect.stringMatching(`^${STREAM_ID}#2026-01-02#\\d+$`),
  });
});

it('completes a delivery that has no logs', async () => {
  const origin = await koreThat((_, response) => says(response, 'FAILURE'));

  const { detail, logs } = await trackAt(origin);

  expect(detail.data).toMatchObject({
    status: 'FAILURE',
    counts: { total: 0, delivered: 0, failed: 0 },
    channels: [],
  });
  expect(logs).toEqual([]);
});

it('keeps and counts logs that Kore later leaves out', async () => {
  const origin = await koreThat((call, response) =>
    call === 1
      ? says(response, 'IN_PROGRESS', [entry(1), entry(2, 'FAILURE')])
      : says(response, 'SUCCESS', [entry(3)]),
  );

  const { detail, logs } = await trackAt(origin);

  expect(detail.data.counts).toEqual({ total: 3, delivered: 2, failed: 1 });
  expect(logs.map(({ logId }) => logId)).toEqual(['nl-1', 'nl-2', 'nl-3']);
});

it('goes on waiting while the status is a word that the docs do not know', async () => {
  const origin = await koreThat((call, response) =>
    says(response, call < 3 ? 'QUEUED' : 'SUCCESS', [entry(1)]),
  );

  const { detail, logLines } = await trackAt(origin);

  expect(detail.data).toMatchObject({ status: 'SUCCESS', checks: 3 });
  expect(logLines.filter((line) => line.includes('unknown status'))).toHaveLength(2);
});

it('survives an outage for half of the tracking and keeps the logs seen before it', async () => {
  const origin = await koreThat((call, response) => {
    if (call <= 2) return says(response, 'IN_PROGRESS', [entry(1), entry(2)]);
    if (call === 3) return fails(response, 503);
    if (call === 4) return response.destroy();
    if (call === 5) return response.writeHead(200).end('<html>maintenance</html>');
    return says(response, 'SUCCESS', [entry(2)]);
  });

  const { detail, logs, checks } = await trackAt(origin);

  expect(checks.map((check) => ('obstacle' in check ? check.obstacle : undefined))).toEqual([
    undefined,
    undefined,
    'KORE_UNREACHABLE',
    'KORE_UNREACHABLE',
    'KORE_ANSWER_INVALID',
    undefined,
  ]);
  expect(detail.data).toMatchObject({ status: 'SUCCESS', counts: { total: 2, delivered: 2, failed: 0 } });
  expect(logs.map(({ logId }) => logId)).toEqual(['nl-1', 'nl-2']);
});

it('waits out the rate limit', async () => {
  const text = 'Rate limit for this API has been reached. Please try again later.';
  const origin = await koreThat((call, response) => {
    if (call === 1) return fails(response, 429);
    if (call === 2) return fails(response, 400, text);
    return says(response, 'SUCCESS', [entry(1)]);
  });

  const { detail, checks } = await trackAt(origin);

  expect(checks.slice(0, 2)).toMatchObject([{ obstacle: 'RATE_LIMITED' }, { obstacle: 'RATE_LIMITED' }]);
  expect(detail.data).toMatchObject({ status: 'SUCCESS', checks: 3 });
});

it('waits for an id that becomes known within the grace', async () => {
  const origin = await koreThat((call, response) =>
    call < 4 ? fails(response, 404) : says(response, 'SUCCESS', [entry(1)]),
  );

  const { detail } = await trackAt(origin);

  expect(detail.data).toMatchObject({ status: 'SUCCESS', checks: 4 });
});

it('tracks without a stream id in the Admin Console scope', async () => {
  const paths: (string | undefined)[] = [];
  const origin = await koreThat((_, response, request) => {
    paths.push(request.url);
    says(response, 'SUCCESS', [entry(1, 'FAILURE')]);
  });

  const input = { requestId: 'ds-admin' };
  const { detail, logs } = await trackAt(origin, { input, environment: { API_SCOPE: 'admin-console' } });

  expect(paths).toEqual(['/api/public/notifyV2/status/ds-admin']);
  expect(detail.data).not.toHaveProperty('streamId');
  expect(logs[0]).toMatchObject({ failureOf: expect.stringMatching(/^-#2026-01-02#\d+$/) });
});

it('uses the default stream id where the input has none', async () => {
  const origin = await koreThat((_, response) => says(response, 'SUCCESS'));

  const input = { requestId: 'ds-default' };
  const { detail } = await trackAt(origin, { input, environment: { DEFAULT_STREAM_ID: 'st-default' } });

  expect(detail.data).toMatchObject({ requestId: 'ds-default', streamId: 'st-default' });
});

it('waits for the table to take the summary, and some minutes after the deadline publishes without it', async () => {
  const origin = await koreThat((_, response) => says(response, 'SUCCESS', [entry(1)]));
  const environment = { DEADLINE_SECONDS: '60' };
  const faults = faultPlan([{ place: 'summary', way: 'error', times: 'permanently' }]);

  const { detail, checks, summary } = await trackAt(origin, { environment, faults });

  expect(checks[0]).toMatchObject({ outcome: 'waiting', obstacle: 'TABLE_UNREACHABLE' });
  expect(checks.at(-1)).toMatchObject({ outcome: 'complete' });
  expect(detail.data.status).toBe('SUCCESS');
  expect(summary).toBeUndefined();
});

it('goes on where Kore forgets for longer than the grace an id that it has known', async () => {
  const clock = jumpingClock();
  const remembersAt = clock.now() + 700_000;
  const origin = await koreThat((call, response) => {
    if (call === 1) return says(response, 'IN_PROGRESS', [entry(1)]);
    return clock.now() < remembersAt ? fails(response, 404) : says(response, 'SUCCESS', [entry(1)]);
  });

  const { detail } = await trackAt(origin, { clock });

  expect(detail.data.status).toBe('SUCCESS');
  expect(detail.data.durationSeconds).toBeGreaterThan(600);
});
