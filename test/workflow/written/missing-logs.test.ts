/** A final status with fewer logs than Kore or the input announced: Kore is asked again, for two minutes at most. */
import { expect, it } from 'vitest';
import {
  entry,
  type Fields,
  fails,
  type KoreAnswer,
  koreThat,
  STREAM_ID,
  says,
  type TrackingSetup,
  trackAt,
} from '../tracking-harness.ts';

const INPUT = { requestId: 'ds-1', streamId: STREAM_ID };
const entries = (count: number) => Array.from({ length: count }, (_, i) => entry(i + 1));

/** Tracks 24 recipients, and counts the calls. */
async function track(answer: KoreAnswer, setup: TrackingSetup = {}) {
  let calls = 0;
  const origin = await koreThat((call, response, request) => {
    calls = call;
    answer(call, response, request);
  });
  const tracked = await trackAt(origin, { input: { ...INPUT, recipients: 24 }, ...setup });
  return { ...tracked, calls };
}

it('logs that come a moment after the final status are in the table and in the event', async () => {
  const { detail, logs, calls } = await track((call, response) =>
    says(response, 'SUCCESS', entries(call === 1 ? 20 : 24)),
  );

  expect(logs).toHaveLength(24);
  expect(detail.data).toMatchObject({ status: 'SUCCESS', counts: { total: 24, delivered: 24, failed: 0 } });
  expect(detail.data.counts).not.toHaveProperty('expected');
  expect(calls).toBe(2);
});

it('logs that never come are asked for three times within two minutes, and the event says how many there should be', async () => {
  const { detail, end, calls, checks } = await track((_, response) => says(response, 'SUCCESS', entries(20)));

  const counts = { total: 20, delivered: 20, failed: 0, expected: 24 };
  expect(detail.data).toMatchObject({ status: 'SUCCESS', counts });
  expect(end.output).toMatchObject({ outcome: 'complete', counts });
  expect(calls).toBe(4);
  const firstSeenAt = (checks[0] as Fields).progress.final.seenSeconds;
  expect(detail.data.durationSeconds - firstSeenAt).toBeLessThanOrEqual(120);
});

it.each([
  ['where the input announces none', {}],
  ['where the input announces fewer', { recipients: 2 }],
])('logs that Kore counts and does not return are asked for, %s', async (_, announced) => {
  const { detail, calls } = await track(
    (_call, response) => {
      response.end(JSON.stringify({ status: 'SUCCESS', statusLogs: entries(2), count: 3 }));
    },
    { input: { ...INPUT, ...announced } },
  );

  expect(detail.data.counts).toMatchObject({ total: 2, expected: 3 });
  expect(calls).toBe(4);
});

it.each([
  ['an empty list', { status: 'FAILURE', statusLogs: [] }],
  ['no list', { status: 'FAILURE' }],
])('%s under a final status is asked for again, though nothing was announced', async (_, answer) => {
  const { detail, calls } = await track((_call, response) => void response.end(JSON.stringify(answer)), {
    input: INPUT,
  });

  expect(detail.data).toMatchObject({ status: 'FAILURE', counts: { total: 0 } });
  expect(detail.data.counts).not.toHaveProperty('expected');
  expect(calls).toBe(4);
});

it('rows of an earlier attempt count as logs that came', async () => {
  const origin = await koreThat((_, response) => says(response, 'SUCCESS', entries(24)));
  const { aws, end } = await trackAt(origin, { input: { ...INPUT, recipients: 24 }, name: 'ds-1' });
  expect(end.status).toBe('SUCCEEDED');

  const later = aws.track({ name: 'ds-1--2', input: { ...INPUT, recipients: 24 } });

  expect((await later.ended).output).toMatchObject({ counts: { total: 24 } });
});

it('an outage ends the looking, and the tracking as complete', async () => {
  const { detail, calls } = await track((call, response) =>
    call === 1 ? says(response, 'PARTIAL_SUCCESS', entries(20)) : fails(response, 503),
  );

  expect(detail.data).toMatchObject({ status: 'PARTIAL_SUCCESS', counts: { total: 20, expected: 24 } });
  expect(calls).toBe(2);
});

it('the deadline ends it as well', async () => {
  const { detail, calls } = await track((_, response) => says(response, 'SUCCESS', entries(20)), {
    environment: { DEADLINE_SECONDS: '40' },
  });

  expect(detail.data).toMatchObject({ status: 'SUCCESS', counts: { total: 20, expected: 24 } });
  expect(calls).toBeLessThanOrEqual(3);
});
