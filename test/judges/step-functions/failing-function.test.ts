/** A function that fails, or that Lambda does not run, by every name of an error; and the states that then report. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { entry, says } from '../../workflow/tracking-harness.ts';
import { judged, local, type Scenario, timeless } from './both.ts';
import { type Judge, stepFunctionsJudge } from './judge.ts';
import { NO_ANSWER } from './services-proxy.ts';
import { type Fault, TaskError } from './world.ts';

let judge: Judge;
beforeAll(async () => {
  judge = await stepFunctionsJudge(inject('python'));
});
afterAll(() => judge.close());

/** AWS docs, Error handling in Step Functions, and the errors of Lambda's Invoke. */
const NAMES = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Lambda.ResourceNotFoundException',
  'Lambda.ResourceNotReadyException',
  'Lambda.ResourceConflictException',
  'Lambda.KMSDisabledException',
  'Lambda.EC2ThrottledException',
  'Lambda.ENILimitReachedException',
  'Lambda.InvalidRuntimeException',
  'Lambda.RequestTooLargeException',
  'Runtime.ExitError',
  'Runtime.UserCodeSyntaxError',
  'Sandbox.Timedout',
  'Function.ResponseSizeTooLarge',
  'TypeError',
  NO_ANSWER,
];

const done: Scenario['kore'] = (_, response) =>
  says(response, 'PARTIAL_SUCCESS', [entry(1), entry(2, 'FAILURE')]);
const fail = (name: string): never => {
  throw new TaskError(name);
};
const always =
  (name: string): Fault =>
  () =>
    fail(name);

it('each failure, by its name, leads to another check, and none ends the tracking', async () => {
  const scenario: Scenario = {
    kore: done,
    faults: () => ({
      invokeFunction: (attempt, perform) => {
        const name = NAMES[attempt - 1];
        return name === undefined ? perform() : fail(name);
      },
    }),
  };

  const [ours, theirs] = [await local(scenario), await judged(judge, scenario)];

  expect(theirs.end).toMatchObject({ status: 'SUCCEEDED', errors: NAMES });
  expect(theirs.end.states.filter((name) => name === 'Check failed')).toHaveLength(NAMES.length);
  expect(timeless(theirs)).toEqual(timeless(ours));
});

it('the waits after failures double from some ten seconds', async () => {
  const scenario: Scenario = {
    kore: done,
    faults: () => ({
      invokeFunction: (attempt, perform) => (attempt <= 4 ? fail('Lambda.Unknown') : perform()),
    }),
  };

  const { seconds } = await judged(judge, scenario);

  // The plan and three checks fail: 10, 20, 40 and 80 seconds, each times 0.5 to 1.5.
  expect(seconds).toBeGreaterThan(0.5 * 150 - 5);
  expect(seconds).toBeLessThan(1.5 * 150 + 10);
});

describe('a function that fails until after the deadline', () => {
  const failing: Scenario = {
    kore: done,
    deadlineSeconds: 600,
    faults: () => ({ invokeFunction: always('Runtime.ExitError') }),
  };

  it('ends in the event and the rows of the states that report in its place', async () => {
    const [ours, theirs] = [await local(failing), await judged(judge, failing)];

    for (const { end, seconds } of [ours, theirs]) {
      expect(end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed', output: null });
      expect(seconds).toBeGreaterThanOrEqual(900);
      expect(seconds).toBeLessThan(960);
    }
    expect(theirs.end.states.slice(-8)).toEqual([
      'Check failed',
      'Delivery final?',
      'Record final event',
      'Read final event',
      'Save summary',
      'Delivery final?',
      'Publish tracking failed',
      'Tracking failed',
    ]);
    expect(theirs).toMatchObject({
      events: [{ detail: { data: { requestId: 'ds-1', error: { code: 'UNEXPECTED_ERROR' } } } }],
      rows: { '#summary': { outcome: 'failed', executionArn: 'arn:of:the:execution' } },
      record: { outcome: 'failed' },
    });
    expect(uncounted(theirs)).toEqual(uncounted(ours));
  });

  it('does so as it is deployed, with a deadline of a day', async () => {
    const { end, events, seconds } = await judged(judge, { ...failing, deadlineSeconds: undefined });

    expect(end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
    expect(events).toHaveLength(1);
    expect(seconds).toBeGreaterThanOrEqual(86_400);
    expect(seconds).toBeLessThan(86_400 + 600);
  }, 120_000);

  it('after a check whose answer was lost, ends as that check recorded', async () => {
    const scenario: Scenario = {
      ...failing,
      faults: () => ({
        invokeFunction: async (attempt, perform) => {
          // The first is the plan, which records nothing.
          if (attempt === 2) await perform();
          return fail('Lambda.SdkClientException');
        },
      }),
    };

    const [ours, theirs] = [await local(scenario), await judged(judge, scenario)];

    expect(theirs).toMatchObject({
      end: { status: 'SUCCEEDED', output: { outcome: 'complete', status: 'PARTIAL_SUCCESS' } },
      events: [{ detailType: 'Notification Delivery Complete' }],
      rows: { '#summary': { outcome: 'complete' } },
    });
    expect({ ...timeless(theirs), end: theirs.end.output }).toEqual({
      ...timeless(ours),
      end: ours.end.output,
    });
  });

  it.each<[string, Scenario['faults'], object]>([
    [
      'is recorded at the third try, if the table throttles two',
      () => ({
        invokeFunction: always('Lambda.Unknown'),
        updateItem: (attempt, perform) => (attempt < 3 ? fail('DynamoDB.ThrottlingException') : perform()),
      }),
      { record: { outcome: 'failed' }, rows: { '#summary': { outcome: 'failed' } } },
    ],
    [
      'is published without a row, if the table takes none for an hour',
      () => ({
        invokeFunction: always('Lambda.Unknown'),
        updateItem: always('DynamoDB.InternalServerError'),
      }),
      { rows: {} },
    ],
    [
      'is published without a summary, if the table takes none',
      () => ({ invokeFunction: always('Lambda.Unknown'), putItem: always('DynamoDB.ThrottlingException') }),
      { record: { outcome: 'failed' }, rows: {} },
    ],
    [
      'is published at once, if a better summary is there',
      () => ({
        invokeFunction: always('Lambda.Unknown'),
        putItem: always('DynamoDB.ConditionalCheckFailedException'),
      }),
      { record: { outcome: 'failed' }, rows: {} },
    ],
  ])('%s', async (_, faults, expected) => {
    const scenario = { ...failing, deadlineSeconds: 60, faults };
    const [ours, theirs] = [await local(scenario), await judged(judge, scenario)];

    expect(theirs).toMatchObject({
      end: { status: 'FAILED', error: 'TrackingFailed' },
      events: [{ detail: { data: { error: { code: 'UNEXPECTED_ERROR' } } } }],
      ...expected,
    });
    expect(uncounted(theirs)).toEqual(uncounted(ours));
  });
});

/** Without the number of the failed checks, whose waits are drawn. */
function uncounted(outcome: Awaited<ReturnType<typeof local>>): object {
  const { end, ...others } = timeless(outcome);
  const isOfCheck = (error: string) => error.startsWith('Lambda.') || error.startsWith('Runtime.');
  const tries = end.errors.filter((error) => !isOfCheck(error));
  const text = JSON.stringify({ ...others, end: { ...end, states: new Set(end.states), errors: tries } });
  return JSON.parse(text.replaceAll(/\d+ in all/g, 'some in all'));
}
