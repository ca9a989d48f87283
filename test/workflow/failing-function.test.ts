/** A function that Lambda does not run, or that crashes: only the deadline ends a tracking. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { trackingFailedSchema } from '../../contract/event/final-event.ts';
import { type BusEvent, eventBus } from '../../local/aws/event-bus.ts';
import { type ExecutionEnd, loadStateMachine, startExecution } from '../../local/aws/state-machine.ts';
import { type Clock, jumpingClock } from '../../local/clock.ts';
import { TaskError } from '../../testing/faults/faulty-task.ts';
import { deploymentWithDeadline, entry, type Fields, koreThat, says, trackAt } from './tracking-harness.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;
/** AWS docs, Step Functions service quotas. */
const MOST_EVENTS = 25_000;

/** Every error of Lambda's Invoke, as AWS's SDK documents it. */
const INVOKE_ERRORS = (() => {
  const sdk = createRequire(import.meta.url).resolve('@aws-sdk/client-lambda/package.json');
  const documented = readFileSync(
    sdk.replace('package.json', 'dist-types/commands/InvokeCommand.d.ts'),
    'utf8',
  );
  return [...documented.matchAll(/@throws \{@link (\w+Exception)\}/g)].map(([, name]) => `Lambda.${name}`);
})();
/** AWS docs, Error handling in Step Functions: what else a task that invokes a function can fail with. */
const OTHER_ERRORS = [
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'Runtime.ExitError',
  'Runtime.UserCodeSyntaxError',
  'Function.ResponseSizeTooLarge',
  'States.Timeout',
  'States.TaskFailed',
  'States.Permissions',
  'TypeError',
];

/** A table that takes nothing: the event goes out without it, after an hour of tries. */
const noTable = {
  updateItem: () => fails('DynamoDB.ResourceNotFoundException'),
  putItem: () => fails('DynamoDB.ResourceNotFoundException'),
};

interface Run {
  readonly end: ExecutionEnd;
  readonly events: readonly BusEvent[];
  /** From the start of the execution to its end. */
  readonly seconds: number;
  readonly calls: readonly Fields[];
}

/** Runs the definition with a function that throws what `check` throws. */
async function run(
  deadlineSeconds: number,
  check: (secondsSoFar: number, payload: Fields, clock: Clock) => unknown,
  input: unknown = { requestId: 'ds-1', streamId: 'st-1' },
): Promise<Run> {
  const clock = jumpingClock();
  const bus = eventBus();
  const startedAt = clock.now();
  const seconds = () => (clock.now() - startedAt) / 1000;
  const calls: Fields[] = [];
  const handlers = {
    invokeFunction: async (payload: unknown) => {
      calls.push(payload as Fields);
      return check(seconds(), payload as Fields, clock);
    },
    putEvents: async (parameters: unknown) => bus.put(parameters),
    ...noTable,
  };
  const { stateMachine } = deploymentWithDeadline(deadlineSeconds);
  const end = await startExecution(loadStateMachine(stateMachine), { name: 'ds-1', input }, handlers, clock)
    .ended;
  return { end, events: bus.events, seconds: seconds(), calls };
}

const complete = {
  outcome: 'complete',
  detail: { metadata: { id: 'arn', version: '1' }, data: { requestId: 'ds-1' } },
  output: { outcome: 'complete' },
};
const fails = (name: string): never => {
  throw new TaskError(name);
};
/** Every state is entered and left; a task is scheduled, started and done besides. */
function eventsIn({ states }: ExecutionEnd): number {
  const tasks = states.filter((name) => name === 'Check delivery' || name.startsWith('Publish'));
  return 2 * states.length + 3 * tasks.length;
}

it('knows the errors of Invoke', () => {
  expect(INVOKE_ERRORS.length).toBeGreaterThan(25);
  expect(INVOKE_ERRORS).toContain('Lambda.ResourceNotReadyException');
});

it.each([...INVOKE_ERRORS, ...OTHER_ERRORS])(
  'an hour of %s delays a tracking and does not end it',
  async (name) => {
    const { end, events, seconds } = await run(DAY, (elapsed) => (elapsed < HOUR ? fails(name) : complete));

    expect(end).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'complete' } });
    expect(events).toHaveLength(1);
    expect(seconds - HOUR).toBeLessThan(451);
  },
);

describe.each([
  ['an hour', HOUR],
  ['a day', DAY],
  ['a month', MONTH],
  ['a year', YEAR],
])('a function that fails until a deadline of %s', (_, deadline) => {
  it('ends the tracking within ten minutes after it, and in one event', async () => {
    const { end, events, seconds } = await run(deadline, () => fails('Lambda.KMSDisabledException'));

    expect(end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
    expect(events.map(({ detailType }) => detailType)).toEqual(['Notification Tracking Failed']);
    const { detail } = events[0] as BusEvent;
    expect(trackingFailedSchema.parse(detail)).toEqual(detail);
    expect(detail.data).toMatchObject({ requestId: 'ds-1', error: { code: 'UNEXPECTED_ERROR' } });
    expect(seconds).toBeGreaterThanOrEqual(deadline);
    expect(seconds).toBeLessThan(deadline + 600);
    expect(eventsIn(end)).toBeLessThan(MOST_EVENTS);
  });

  it('and has failed for the last hour only, ends it as soon', async () => {
    const { end, events, seconds, calls } = await run(deadline, (elapsed, { input }, clock) => {
      if (elapsed >= deadline - HOUR) return fails('Lambda.Unknown');
      const nextCheckAt = new Date(clock.now() + Math.max(900, deadline / 500) * 1000).toISOString();
      return { outcome: 'waiting', nextCheckAt, request: input, progress: { checks: 1 } };
    });

    expect(calls.at(-1)?.state).toMatchObject({ request: { requestId: 'ds-1' } });
    expect(end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
    expect(events).toHaveLength(1);
    expect(seconds).toBeGreaterThanOrEqual(deadline);
    expect(seconds).toBeLessThan(deadline + 600);
  });

  it('at every 40th check fits into a history, beside nearly as many checks as a schedule may have', async () => {
    const between = (1000 * deadline) / 2_000;
    let calls = 0;
    const { end } = await run(deadline, (elapsed, { input, state }, clock) => {
      calls += 1;
      if (elapsed >= deadline) return complete;
      if (calls % 40 === 0) return fails('Runtime.ExitError');
      const nextCheckAt = new Date(clock.now() + between).toISOString();
      return { outcome: 'waiting', nextCheckAt, request: input, failures: state.failures };
    });

    if (deadline >= DAY) expect(calls).toBeGreaterThan(1_500);
    expect(end.status).toBe('SUCCEEDED');
    expect(eventsIn(end)).toBeLessThan(MOST_EVENTS);
  });
});

it('trouble that is there at the deadline, and over two minutes later, does not end a tracking', async () => {
  const { end, seconds } = await run(HOUR, (elapsed, { input }, clock) => {
    if (elapsed >= HOUR + 120) return complete;
    if (elapsed >= HOUR) return fails('Lambda.TooManyRequestsException');
    const nextCheckAt = new Date(clock.now() + 900_000).toISOString();
    return { outcome: 'waiting', nextCheckAt, request: input };
  });

  expect(end.status).toBe('SUCCEEDED');
  // The fifth wait is 240 s at most, and the four before it last longer than 75 s.
  expect(seconds).toBeLessThan(HOUR + 120 + 240 + 5);
});

it.each(['TABLE_UNREACHABLE', 'LOGS_NOT_SAVED'])(
  'goes on for an hour after the deadline where logs are not safe yet: %s',
  async (obstacle) => {
    const { end, seconds } = await run(DAY, (elapsed, { input }, clock) => {
      if (elapsed >= DAY) return fails('Runtime.ExitError');
      const nextCheckAt = new Date(clock.now() + HOUR * 1000).toISOString();
      return { outcome: 'waiting', nextCheckAt, request: input, obstacle };
    });

    expect(end.status).toBe('FAILED');
    expect(seconds).toBeGreaterThanOrEqual(DAY + HOUR);
    expect(seconds).toBeLessThan(DAY + HOUR + 600);
  },
);

it.each([['a text'], ['ds-1'], [['ds-1']], [7], [{}], [{ outcome: 'waiting', failures: 'x', request: 1 }]])(
  'ends in an event for an input of %j as well',
  async (input) => {
    const { end, events } = await run(HOUR, () => fails('Lambda.Unknown'), input);

    expect(end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
    expect(events[0]?.detail.data).toMatchObject({ requestId: 'ds-1', error: { code: 'UNEXPECTED_ERROR' } });
  },
);

it('the function itself goes on from the state after a failed check', async () => {
  const kore = await koreThat((call, response) =>
    says(response, call < 4 ? 'IN_PROGRESS' : 'SUCCESS', [entry(1), entry(2)]),
  );
  let arrivals = 0;
  const { checks, detail, end, logs } = await trackAt(kore, {
    faults: {
      arrive(place) {
        if (place === 'function') arrivals += 1;
        return place === 'function' && [1, 3, 4, 6].includes(arrivals) ? 'throttle' : undefined;
      },
    },
  });

  expect(checks.map((check) => check.outcome === 'waiting' && check.failures)).toEqual([1, 3, 4, false]);
  expect(end.errors).toEqual(Array(4).fill('Lambda.TooManyRequestsException'));
  expect(detail.data).toMatchObject({ status: 'SUCCESS', checks: 4, counts: { total: 2 } });
  expect(logs).toHaveLength(2);
});
