/** Executions that end without their final event, and what is sent in its place. */
import { expect, it } from 'vitest';
import { localAws } from '../../local/aws/local-aws.ts';
import { loadStateMachine, startExecution, type TaskHandlers } from '../../local/aws/state-machine.ts';
import { jumpingClock, realClock } from '../../local/clock.ts';
import { deployment, SECRET } from './tracking-harness.ts';

class NamedError extends Error {
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

const ended = {
  outcome: 'complete',
  detail: { metadata: { id: 'arn', version: '1' }, data: { requestId: 'ds-1' } },
  output: { outcome: 'complete' },
};
const run = (handlers: TaskHandlers) =>
  startExecution(
    loadStateMachine(deployment().stateMachine),
    { name: 'ds-1', input: {} },
    handlers,
    jumpingClock(),
  ).ended;

it('publishes in place of an execution that was stopped while it waited', async () => {
  const aws = await localAws(deployment(), SECRET, realClock());
  const execution = aws.track({ name: 'ds-stopped', input: { requestId: 'ds-stopped', streamId: 'st-1' } });
  execution.stop();
  const { status } = await execution.ended;

  await aws.reportInterruption({ executionArn: execution.arn, name: execution.name, status }).ended;
  await aws.close();

  expect(status).toBe('ABORTED');
  expect(aws.events).toEqual([
    {
      source: 'notification-delivery-tracker',
      detailType: 'Notification Tracking Failed',
      detail: {
        metadata: { id: execution.arn, version: '1' },
        data: {
          requestId: 'ds-stopped',
          error: {
            code: 'TRACKING_INTERRUPTED',
            message:
              'The execution ended ABORTED without a final event. Its delivery logs so far are in the table.',
          },
        },
      },
    },
  ]);
});

it('ends FAILED with the bus’s error where EventBridge refuses the event for ever', async () => {
  let tries = 0;
  const end = await run({
    invokeFunction: async () => ended,
    putEvents: async () => {
      tries += 1;
      throw new NamedError('EventBridge.FailedEntry');
    },
  });

  expect(end).toMatchObject({ status: 'FAILED', error: 'EventBridge.FailedEntry' });
  expect(tries).toBe(66);
});

it('publishes once EventBridge takes the event', async () => {
  const events: unknown[] = [];
  const end = await run({
    invokeFunction: async () => ended,
    putEvents: async (parameters) => {
      if (events.push(parameters) < 3) throw new NamedError('EventBridge.ThrottlingException');
      return {};
    },
  });

  expect(end).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'complete' } });
  expect(events).toHaveLength(3);
});

it('retries a throttled function far longer than a broken one', async () => {
  const triesUntilFailure = async (error: string) => {
    let tries = 0;
    await run({
      invokeFunction: async () => {
        tries += 1;
        throw new NamedError(error);
      },
      putEvents: async () => ({}),
    });
    return tries;
  };

  expect(await triesUntilFailure('Lambda.TooManyRequestsException')).toBe(66);
  expect(await triesUntilFailure('TypeError')).toBe(4);
});
