import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FAILING_FUNCTION } from '../../verify/scenarios/failing-function.ts';
import type { HistoryError } from '../../verify/world/trackings.ts';
import { fakeTrackings, fakeWorld, finalEvent } from './fake-aws.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

interface Course {
  readonly mendedStatus?: string;
  /** How long Lambda takes to change the function. */
  readonly updateSeconds?: number;
  readonly errors?: readonly HistoryError[];
}

const error = (name: string): HistoryError => ({ type: 'TaskFailed', error: name, cause: undefined });
const THROTTLED = [
  error('Lambda.TooManyRequestsException'),
  error('DynamoDB.ConditionalCheckFailedException'),
];

async function seenWith({ mendedStatus = 'SUCCEEDED', updateSeconds = 1, errors = THROTTLED }: Course) {
  const lambda = {
    send: async ({ constructor: { name } }: { constructor: { name: string } }) => {
      if (name.startsWith('Update')) vi.setSystemTime(Date.now() + updateSeconds * 1000);
      return {};
    },
  };
  const trackings = fakeTrackings({
    states: async () => ['Check failed'],
    status: async (executionArn) => (executionArn === 'execution 1' ? mendedStatus : 'FAILED'),
    describe: async () => ({ status: 'FAILED', error: 'TrackingFailed' }) as never,
    errors: async () => [...errors],
  });
  const event = finalEvent({ error: { code: 'UNEXPECTED_ERROR' } });
  const witness = { finalEvents: () => [event] } as never;
  const world = fakeWorld({ aws: { lambda } as never, trackings, witness });
  return (await FAILING_FUNCTION.run(world)).seen;
}

describe('failing-function', () => {
  it('agrees where the tracking survives and the throttled one ends', async () => {
    expect(await seenWith({})).toEqual({
      'broken-function-is-waited-for': { failed: true, status: 'SUCCEEDED', finalEvents: 1 },
      'throttled-function-ends-in-time': {
        status: 'FAILED',
        error: 'TrackingFailed',
        codes: ['UNEXPECTED_ERROR'],
      },
      'throttle-name': 'Lambda.TooManyRequestsException',
      'better-summary-stays': 'DynamoDB.ConditionalCheckFailedException',
    });
  });

  it('differs where the tracking is lost although the function works again in time', async () => {
    expect(await seenWith({ mendedStatus: 'FAILED' })).toMatchObject({
      'broken-function-is-waited-for': { status: 'FAILED' },
      'better-summary-stays': { why: 'there was no better summary' },
    });
  });

  it('shows nothing where the function works again only shortly before the deadline', async () => {
    expect(await seenWith({ mendedStatus: 'FAILED', updateSeconds: 100 })).toMatchObject({
      'broken-function-is-waited-for': { why: 'the function worked again only after 100 s' },
    });
  });

  it('shows nothing where Lambda ran the function all the same', async () => {
    const why = 'Lambda ran the function all the same';

    expect(await seenWith({ errors: [] })).toMatchObject({
      'throttled-function-ends-in-time': { why },
      'throttle-name': { why },
      'better-summary-stays': { why },
    });
  });
});
