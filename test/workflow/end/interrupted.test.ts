/** Executions that end without their final event, and what is sent in its place. */
import { expect, it } from 'vitest';
import { eventBus } from '../../../local/aws/event-bus.ts';
import { localAws } from '../../../local/aws/local-aws.ts';
import { loadStateMachine, startExecution, type TaskHandlers } from '../../../local/aws/state-machine.ts';
import { jumpingClock, realClock } from '../../../local/clock.ts';
import { deployment, type Fields, SECRET } from '../tracking-harness.ts';

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
/** A function whose first check, which it plans for now, sees the end. */
const endsAtOnce = async (payload: unknown) =>
  (payload as Fields).plans === true ? { outcome: 'waiting', nextCheckAt: new Date().toISOString() } : ended;
/** A table of one row for each key, as far as the definitions use it. */
function tableOf(): Pick<TaskHandlers, 'updateItem' | 'putItem'> {
  const rows = new Map<string, Fields>();
  return {
    async updateItem(parameters) {
      const { Key, ExpressionAttributeNames, ExpressionAttributeValues } = parameters as Fields;
      const set = Object.keys(ExpressionAttributeNames).map((name) => [
        name.slice(1),
        ExpressionAttributeValues[`:${name.slice(1)}`],
      ]);
      const row = rows.get(Key.requestId.S) ?? Object.fromEntries(set);
      rows.set(Key.requestId.S, row);
      return { Attributes: row };
    },
    putItem: async () => ({}),
  };
}
const run = (handlers: Pick<TaskHandlers, 'invokeFunction' | 'putEvents'>) =>
  startExecution(
    loadStateMachine(deployment().stateMachine),
    { name: 'ds-1', input: {} },
    { ...handlers, ...tableOf() },
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

it.each([
  ['the input of the execution', 'by-hand', '{"requestId":"ds-1","streamId":"st-1"}', 'ds-1'],
  ['its name where the input is left out', 'ds-2', undefined, 'ds-2'],
  ['its name where the input is null', 'ds-2', null, 'ds-2'],
  ['the name of a later attempt', 'ds-2--3', undefined, 'ds-2'],
  ['the name of a later attempt of 0.1.0', 'ds-2.3', undefined, 'ds-2'],
  ['its name where the input has no valid id', 'ds-2', '{"requestId":"../ds-1"}', 'ds-2'],
  ['its name where the id is no text', 'ds-2', '{"requestId":["ds-1"]}', 'ds-2'],
  ['its name where the input is no object', 'ds-2', '"ds-1"', 'ds-2'],
  ['its name where the input is a list', 'ds-2', '[{"requestId":"ds-1"},{"requestId":"ds-3"}]', 'ds-2'],
])('names the notification by %s', async (_, name, input, requestId) => {
  const execution = { executionArn: 'arn', name, status: 'ABORTED', ...(input !== undefined && { input }) };
  const bus = eventBus();

  const end = await startExecution(
    loadStateMachine(deployment().reporter),
    { name: 'report', input: execution },
    { invokeFunction: async () => null, putEvents: async (parameters) => bus.put(parameters), ...tableOf() },
    jumpingClock(),
  ).ended;

  expect(end.status).toBe('SUCCEEDED');
  expect(bus.events.map(({ detail }) => detail.data)).toMatchObject([{ requestId }]);
});

it('ends FAILED with the bus’s error where EventBridge always refuses the event', async () => {
  let tries = 0;
  const end = await run({
    invokeFunction: endsAtOnce,
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
    invokeFunction: endsAtOnce,
    putEvents: async (parameters) => {
      if (events.push(parameters) < 3) throw new NamedError('EventBridge.ThrottlingException');
      return {};
    },
  });

  expect(end).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'complete' } });
  expect(events).toHaveLength(3);
});
