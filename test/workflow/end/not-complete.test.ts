/** Trackings that time out or fail, each with one final event. */
import { expect, it } from 'vitest';
import { deliveryTimedOutSchema, trackingFailedSchema } from '../../../contract/event/final-event.ts';
import {
  deploymentWithDeadline,
  entry,
  fails,
  koreThat,
  SECRET,
  says,
  trackAt,
} from '../tracking-harness.ts';

const SHORT = { DEADLINE_SECONDS: '600' };
/** Nothing listens on the discard port. */
const NOWHERE = 'http://127.0.0.1:9';

it('times out where Kore still says "in progress" at the deadline of a day', async () => {
  const origin = await koreThat((_, response) => says(response, 'IN_PROGRESS', [entry(1)]));

  // Fewer checks than by default, for the test's own time.
  const { detail, events, end, summary, logs } = await trackAt(origin, {
    environment: { CAP_SECONDS: '7200', CHECK_WORTH_SECONDS: '200' },
  });

  expect(events[0]?.detailType).toBe('Notification Delivery Timed Out');
  expect(deliveryTimedOutSchema.parse(detail)).toEqual(detail);
  expect(detail.data).toMatchObject({
    status: 'IN_PROGRESS',
    counts: { total: 1, delivered: 1, failed: 0 },
    durationSeconds: expect.closeTo(86_400, -1),
    error: { code: 'DEADLINE_PASSED' },
  });
  expect(end).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'timed-out', status: 'IN_PROGRESS' } });
  expect(summary).toMatchObject({ outcome: 'timed-out', error: { code: 'DEADLINE_PASSED' } });
  expect(logs).toHaveLength(1);
});

it('times out without logs as well', async () => {
  const origin = await koreThat((_, response) => says(response, 'IN_PROGRESS'));

  const { detail, logs } = await trackAt(origin, { environment: SHORT });

  expect(detail.data).toMatchObject({ error: { code: 'DEADLINE_PASSED' }, counts: { total: 0 } });
  expect(logs).toEqual([]);
});

it('fails where an outage hides the status at the deadline, and keeps the logs seen before', async () => {
  const origin = await koreThat((call, response) =>
    call < 3 ? says(response, 'IN_PROGRESS', [entry(1)]) : fails(response, 503),
  );

  const { detail, events, end, summary, logs } = await trackAt(origin, { environment: SHORT });

  expect(events[0]?.detailType).toBe('Notification Tracking Failed');
  expect(trackingFailedSchema.parse(detail)).toEqual(detail);
  expect(detail.data).toMatchObject({ status: 'IN_PROGRESS', error: { code: 'KORE_UNREACHABLE' } });
  expect(end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
  expect(summary).toMatchObject({ outcome: 'failed', error: { code: 'KORE_UNREACHABLE' } });
  expect(logs.map(({ logId }) => logId)).toEqual(['nl-1']);
});

it('fails where Kore could never be reached', async () => {
  const { detail } = await trackAt(NOWHERE, { environment: SHORT });

  expect(detail.data).not.toHaveProperty('status');
  expect(detail.data).toMatchObject({ counts: { total: 0 }, error: { code: 'KORE_UNREACHABLE' } });
});

it('fails at once when an id is still unknown after the grace', async () => {
  const origin = await koreThat((_, response) => fails(response, 404));

  const { detail } = await trackAt(origin);

  expect(detail.data.error.code).toBe('NOTIFICATION_NOT_FOUND');
  expect(detail.data.durationSeconds).toBeGreaterThanOrEqual(600);
  expect(detail.data.durationSeconds).toBeLessThan(600 + 135);
});

it('fails at the deadline while the secret holds its placeholder', async () => {
  const secret = JSON.stringify({ clientId: 'REPLACE_ME', clientSecret: 'REPLACE_ME' });

  const { detail, checks } = await trackAt(NOWHERE, { secret, environment: SHORT });

  expect(checks[0]).toMatchObject({ outcome: 'waiting', obstacle: 'NOT_CONFIGURED' });
  expect(detail.data.error.code).toBe('NOT_CONFIGURED');
});

it('fails at the deadline where the secret is unreachable', async () => {
  const environment = { ...SHORT, SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:gone' };

  const { detail } = await trackAt(NOWHERE, { environment });

  expect(detail.data.error.code).toBe('SECRET_UNREACHABLE');
});

it('sends the event all the same where the table is unreachable to the end', async () => {
  const origin = await koreThat((_, response) => says(response, 'SUCCESS', [entry(1)]));
  const environment = { DEADLINE_SECONDS: '60', AWS_ENDPOINT_URL_DYNAMODB: NOWHERE };

  const { detail, checks } = await trackAt(origin, { environment });

  expect(checks[0]).toMatchObject({ outcome: 'waiting', obstacle: 'TABLE_UNREACHABLE' });
  expect(detail.data.error.code).toBe('TABLE_UNREACHABLE');
});

it.each([
  ['a text', 'ds-1', undefined],
  ['a list', ['ds-1'], undefined],
  ['no request id', { streamId: 'st-1' }, '"requestId" is missing'],
  ['a path for an id', { requestId: '../../users', streamId: 'st-1' }, '"requestId" of the input'],
  ['no stream id', { requestId: 'ds-1' }, '"streamId" is missing'],
  ['half a recipient', { requestId: 'ds-1', streamId: 'st-1', recipients: 0.5 }, '"recipients" of the input'],
])('fails at once on an input with %s', async (_, input, message = 'The input must be a JSON object') => {
  const { detail, end, checks } = await trackAt(NOWHERE, { input, name: 'named-by-the-workload' });

  expect(detail.data.error).toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining(message),
  });
  const { requestId } = (input ?? {}) as { requestId?: string };
  expect(detail.data.requestId).toBe(requestId === 'ds-1' ? 'ds-1' : 'named-by-the-workload');
  expect(end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
  expect(checks).toHaveLength(1);
});

it('reports a check that crashes until the deadline by what the execution itself knows', async () => {
  const environment = { API_SCOPE: 'no-such-scope' };

  const { detail, end, executionArn } = await trackAt(NOWHERE, {
    deployment: deploymentWithDeadline(60),
    environment,
    input: { requestId: 'ds-crash', streamId: 'st-1' },
    name: 'ds-crash--2',
  });

  expect(trackingFailedSchema.parse(detail)).toEqual(detail);
  expect(detail).toEqual({
    metadata: { id: executionArn, version: '1' },
    data: {
      requestId: 'ds-crash',
      error: {
        code: 'UNEXPECTED_ERROR',
        message: expect.stringMatching(/^Checks failed until after the deadline \(\d+ in all\)\./),
      },
    },
  });
  expect(end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
});

it('shows no secret, token or address in events and logs', async () => {
  const leaky = 'token eyJhbGciOiJIUzI1NiJ9.eyJhcHBJZCI6ImNzIn0.c2ln of person.1@example.com is refused';
  const origin = await koreThat((call, response) =>
    call === 1 ? says(response, 'IN_PROGRESS', [entry(1)]) : fails(response, 401, leaky),
  );

  const { events, logLines } = await trackAt(origin, { environment: SHORT });

  const written = [JSON.stringify(events), ...logLines].join('\n');
  expect(written).toContain('CREDENTIALS_REFUSED');
  expect(written).not.toMatch(/person\.1@example\.com/i);
  expect(written).not.toContain('eyJ');
  expect(written).not.toContain(JSON.parse(SECRET).clientSecret);
});
