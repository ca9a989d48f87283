/** The state after a failed check, as npm's `jsonata` reads it; test/judges/java/jsonata-states.test.ts has another's reading. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trackingFailedSchema } from '../../../contract/event/final-event.ts';
import { type CheckResult, parseInvocation } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import { afterFailedCheck } from '../../../lib/workflow/failed-check.ts';
import { outputOf } from '../../../local/aws/jsonata-state.ts';
import { WAITING_STATE } from '../../waiting-state.ts';

const DAY = 86_400;
const STARTED_AT = Date.parse('2026-11-25T10:00:00.000Z');
const ID = 'arn:aws:states:eu-central-1:123456789012:execution:Tracking:ds-1--2';

interface Failure {
  readonly input: unknown;
  /** Absent before the first check that returned. */
  readonly state?: unknown;
  readonly elapsedSeconds?: number;
  readonly deadlineSeconds?: number;
}

async function failed({ input, state = input, elapsedSeconds = 60, deadlineSeconds = DAY }: Failure) {
  const context = {
    Execution: { Id: ID, Name: 'ds-1--2', Input: input, StartTime: new Date(STARTED_AT).toISOString() },
    State: { EnteredTime: new Date(STARTED_AT + elapsedSeconds * 1000).toISOString() },
  };
  const Output = afterFailedCheck(deadlineSeconds, 90);
  const output = await outputOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output })({
    input: state,
    context,
  });
  return output as Extract<CheckResult, { outcome: 'waiting' }> & { detail: unknown };
}
const waitSeconds = ({ nextCheckAt }: { nextCheckAt: string }, elapsedSeconds = 60) =>
  (Date.parse(nextCheckAt) - STARTED_AT) / 1000 - elapsedSeconds;

const input = {
  ...{ requestId: 'ds-1', streamId: 'st-1', recipients: 24 },
  ...{ campaignId: 'spring-2027', correlationId: 'c-1' },
};
const state = { ...WAITING_STATE, request: input, obstacle: 'KORE_UNREACHABLE' };

describe('before the deadline', () => {
  it('the state stays as it is, but for the time of the next check and the count of failures', async () => {
    expect(await failed({ input, state })).toEqual({
      ...state,
      failures: 1,
      nextCheckAt: expect.stringMatching(/^2026-11-25T10:01:\d\d\.000Z$/),
    });
  });

  it('a tracking whose first check failed keeps its request', async () => {
    expect(await failed({ input: { ...input, others: ['ds-2'] } })).toMatchObject({
      outcome: 'waiting',
      request: input,
    });
  });

  it.each([
    [0, 10],
    [1, 20],
    [4, 160],
    [5, 300],
    [900, 300],
  ])('after %i failures the wait is %i s, or from half to one and a half of it', async (failures, wait) => {
    const waited = waitSeconds(await failed({ input, state: { ...state, failures } }));

    expect(waited).toBeGreaterThanOrEqual(wait / 2);
    expect(waited).toBeLessThanOrEqual(1.5 * wait + 1);
  });

  it('waits grow with a deadline of more than two days, so that a history holds them all', async () => {
    const month = 30 * DAY;
    const waited = waitSeconds(
      await failed({ input, state: { ...state, failures: 20 }, deadlineSeconds: month }),
    );

    expect(waited).toBeGreaterThanOrEqual(month / 600 / 2);
  });

  it('the deadline is a time to check', async () => {
    const elapsedSeconds = DAY - 2;

    expect(waitSeconds(await failed({ input, state, elapsedSeconds }), elapsedSeconds)).toBe(2);
  });
});

it('the deadline of the latest check holds, whatever it was at the start', async () => {
  const deadlineAt = new Date(STARTED_AT + 3 * DAY * 1000).toISOString();

  const output = await failed({ input, state: { ...state, deadlineAt }, elapsedSeconds: 2 * DAY });

  expect(output).toMatchObject({ outcome: 'waiting', deadlineAt, failures: 1 });
});

it.each([
  ['logs that are not safe', {}, 'waiting'],
  ['an end whose summary alone is missing', { end: { outcome: 'complete', detail: '{}' } }, 'unexpected'],
])('ten minutes after the deadline %s', async (_, more, outcome) => {
  const unsafe = { ...state, obstacle: 'TABLE_UNREACHABLE', ...more };

  expect(await failed({ input, state: unsafe, elapsedSeconds: DAY + 600 })).toMatchObject({ outcome });
});

describe('any input', () => {
  const failures = fc.record({
    input: fc.oneof(fc.jsonValue(), fc.record({ requestId: fc.jsonValue(), streamId: fc.jsonValue() })),
    elapsedSeconds: fc.double({ min: 0, max: 2 * DAY, noNaN: true }),
    deadlineSeconds: fc.integer({ min: 1, max: 365 * DAY }),
  });

  it('leads to a time within the deadline and its grace, or to a valid event', async () => {
    await fc.assert(
      fc.asyncProperty(failures, async (failure) => {
        const output = await failed(failure);
        const { deadlineSeconds } = failure;
        if (output.outcome !== 'waiting') return void trackingFailedSchema.parse(output.detail);
        const at = (Date.parse(output.nextCheckAt) - STARTED_AT) / 1000;
        expect(at).toBeLessThanOrEqual(deadlineSeconds + 301);
        expect(failure.elapsedSeconds).toBeLessThan(deadlineSeconds + 300);
      }),
    );
  });

  it('is an input for the next check as well', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.constant(state)), async (input) => {
        const execution = { id: ID, name: 'ds-1--2', startedAt: new Date(STARTED_AT).toISOString() };
        const tracking = (state: unknown) =>
          parseInvocation({ execution, input, state }, { apiScope: 'app-builder' }).tracking;

        expect({ ...tracking(await failed({ input })), failures: undefined }).toEqual(tracking(input));
      }),
    );
  });

  it('makes the next payload larger than the first by no more than 300 bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (input) => {
        const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

        expect(bytes(await failed({ input })) - bytes(input)).toBeLessThan(300);
      }),
    );
  });
});

describe('a campaign', () => {
  it.each([undefined, null, 7, '', 'spring 2027', 'c'.repeat(77), ['spring', '2027']])(
    'is named in no event where the input has %j for it',
    async (campaignId) => {
      const output = await failed({ input: { ...input, campaignId }, elapsedSeconds: DAY + 300 });

      expect(output.detail).toMatchObject({ metadata: { id: ID, version: '1' } });
      expect(JSON.stringify(output.detail)).not.toContain('campaignId');
    },
  );
});

describe('after the deadline', () => {
  it('checks go on for five minutes, for trouble that has only begun', async () => {
    const elapsedSeconds = DAY + 100;

    expect(waitSeconds(await failed({ input, state, elapsedSeconds }), elapsedSeconds)).toBeLessThanOrEqual(
      16,
    );
  });

  it('and no longer', async () => {
    expect(await failed({ input, state, elapsedSeconds: DAY + 300 })).toEqual({
      outcome: 'unexpected',
      detailType: 'Notification Tracking Failed',
      row: {
        requestId: ID,
        outcome: 'failed',
        detail: expect.stringMatching(/^\{"metadata":\{"id":"arn:/),
        expiresAt: String(STARTED_AT / 1000 + DAY + 300 + 90 * DAY),
      },
      detail: {
        metadata: { id: ID, version: '1', campaignId: 'spring-2027' },
        data: {
          requestId: 'ds-1',
          error: {
            code: 'UNEXPECTED_ERROR',
            message:
              'Checks failed until after the deadline (1 in all). See the log of the function, and the errors in the history of the execution.',
          },
        },
      },
    });
  });

  it('a short deadline has a short grace', async () => {
    expect(await failed({ input, elapsedSeconds: 60, deadlineSeconds: 30 })).toMatchObject({
      outcome: 'unexpected',
    });
  });
});
