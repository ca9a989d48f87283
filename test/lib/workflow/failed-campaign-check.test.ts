/** The state after a failed check of a campaign, as npm's `jsonata` reads it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignFailedSchema } from '../../../contract/campaign/campaign-event.ts';
import { parseInvocation, type Waiting } from '../../../lambdas/check-campaign/invocation.ts';
import { graceAfter, lastEnd } from '../../../lambdas/check-delivery/schedule/moment.ts';
import { afterFailedCampaignCheck } from '../../../lib/workflow/failed-check.ts';
import { outputOf } from '../../../local/aws/jsonata-state.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const STARTED_AT = Date.parse('2026-11-25T10:00:00.000Z');
const ID = 'arn:aws:states:eu-central-1:123456789012:execution:Campaign:spring-2027';

interface Failure {
  readonly input: unknown;
  /** Absent before the first check that returned. */
  readonly state?: unknown;
  readonly elapsedSeconds?: number;
}

/** Of a tracker whose deadline is a day. */
async function failed({ input, state = input, elapsedSeconds = 60 }: Failure) {
  const context = {
    Execution: { Id: ID, Name: 'spring-2027', Input: input, StartTime: new Date(STARTED_AT).toISOString() },
    State: { EnteredTime: new Date(STARTED_AT + elapsedSeconds * 1000).toISOString() },
  };
  const Output = afterFailedCampaignCheck(DAY, 90);
  const output = await outputOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output })({
    input: state,
    context,
  });
  return output as Waiting & { detail: unknown };
}
const waitSeconds = ({ nextCheckAt }: { nextCheckAt: string }, elapsedSeconds: number) =>
  (Date.parse(nextCheckAt) - STARTED_AT) / 1000 - elapsedSeconds;

const input = { campaignId: 'spring-2027', notifications: 50 };
const state: Waiting = {
  outcome: 'waiting',
  nextCheckAt: '2026-11-25T10:00:50Z',
  campaign: input,
  checks: 3,
  lastEndAt: new Date(STARTED_AT + lastEnd(DAY) * 1000).toISOString(),
  isSwept: true,
};

describe('before the end of the campaign', () => {
  it('the state stays as it is, but for the time of the next check and the count of failures', async () => {
    expect(await failed({ input, state })).toEqual({
      ...state,
      failures: 1,
      nextCheckAt: expect.stringMatching(/^2026-11-25T10:01:\d\d\.000Z$/),
    });
  });

  it('a campaign whose first check failed has nothing but that in its state', async () => {
    expect(await failed({ input })).toEqual({
      outcome: 'waiting',
      failures: 1,
      nextCheckAt: expect.any(String),
    });
  });

  it.each([
    [0, 10],
    [4, 160],
    [900, 300],
  ])('after %i failures the wait is %i s, or from half to one and a half of it', async (failures, wait) => {
    const waited = waitSeconds(await failed({ input, state: { ...state, failures } }), 60);

    expect(waited).toBeGreaterThanOrEqual(wait / 2);
    expect(waited).toBeLessThanOrEqual(1.5 * wait + 1);
  });

  it('waits grow with a long deadline of its own, so that a history holds them all', async () => {
    const month = { ...input, deadlineSeconds: 30 * DAY };
    const waited = waitSeconds(await failed({ input: month, state: { ...state, failures: 20 } }), 60);

    expect(waited).toBeGreaterThanOrEqual((30 * DAY) / 600 / 2);
  });
});

describe('a campaign of which no check has returned', () => {
  it.each([
    ['its own', { ...input, deadlineSeconds: 600 }, 600],
    ['its own, of a week', { ...input, deadlineSeconds: 7 * DAY }, 7 * DAY],
    ["the tracker's, where it names none", input, DAY],
    ["the tracker's, where its own is none", { ...input, deadlineSeconds: 0 }, DAY],
    ["the tracker's, where its own is longer than an execution", { ...input, deadlineSeconds: 1e12 }, DAY],
    ["the tracker's, where its own is a text", { ...input, deadlineSeconds: '60' }, DAY],
  ])('ends by a deadline that is %s', async (_, given, deadlineSeconds) => {
    const end = lastEnd(deadlineSeconds) + graceAfter(deadlineSeconds);

    expect(await failed({ input: given, elapsedSeconds: end - 1 })).toMatchObject({ outcome: 'waiting' });
    expect(await failed({ input: given, elapsedSeconds: end })).toMatchObject({ outcome: 'unexpected' });
  });
});

it('ends by the deadline that the latest check has said, whatever the tracker has now', async () => {
  const lastEndAt = new Date(STARTED_AT + 3 * DAY * 1000).toISOString();

  const output = await failed({ input, state: { ...state, lastEndAt }, elapsedSeconds: 2 * DAY });

  expect(output).toMatchObject({ outcome: 'waiting', lastEndAt, failures: 1 });
});

it('ends with an event and a row, five minutes after its last end', async () => {
  const elapsedSeconds = lastEnd(DAY) + 300;

  expect(await failed({ input, state, elapsedSeconds })).toEqual({
    outcome: 'unexpected',
    detailType: 'Campaign Tracking Failed',
    row: {
      requestId: ID,
      outcome: 'failed',
      detail: expect.stringMatching(/^\{"metadata":\{"id":"arn:/),
      expiresAt: String(STARTED_AT / 1000 + elapsedSeconds + 90 * DAY),
    },
    detail: {
      metadata: { id: ID, version: '1' },
      data: {
        campaignId: 'spring-2027',
        error: {
          code: 'UNEXPECTED_ERROR',
          message:
            'Checks failed until after the deadline (1 in all). See the log of the function, and the errors in the history of the execution.',
        },
      },
    },
  });
});

describe('any input', () => {
  const failures = fc.record({
    input: fc.oneof(
      fc.jsonValue(),
      fc.record({
        campaignId: fc.jsonValue(),
        deadlineSeconds: fc.jsonValue(),
        notifications: fc.jsonValue(),
      }),
    ),
    elapsedSeconds: fc.double({ min: 0, max: 3 * DAY, noNaN: true }),
  });

  it('leads to a time, or to a valid event', async () => {
    await fc.assert(
      fc.asyncProperty(failures, async (failure) => {
        const output = await failed(failure);
        if (output.outcome !== 'waiting') return void campaignFailedSchema.parse(output.detail);
        expect(Date.parse(output.nextCheckAt)).toBeGreaterThan(
          STARTED_AT + failure.elapsedSeconds * 1000 - 1,
        );
      }),
    );
  });

  it('is an input for the next check as well', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.constant(state)), async (given) => {
        const execution = { id: ID, name: 'spring-2027', startedAt: new Date(STARTED_AT).toISOString() };
        const read = (state: unknown) => parseInvocation({ execution, input: given, state }, 90);

        const { before, ...after } = read(await failed({ input: given }));

        expect(after).toEqual({ execution, input: read(given).input });
        expect(before).toMatchObject({ checks: 0, isSwept: false, failures: 1 });
      }),
    );
  });
});
