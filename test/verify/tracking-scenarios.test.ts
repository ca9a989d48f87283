/** What the scenarios that only AWS can run say of answers that agree, of contrary ones, and of none. */
import { describe, expect, it } from 'vitest';
import { ERROR_NAMES } from '../../verify/scenarios/error-names.ts';
import { MISSING_BUS } from '../../verify/scenarios/missing-bus.ts';
import { REDRIVE } from '../../verify/scenarios/redrive.ts';
import { RIGHT_TAKEN_AWAY } from '../../verify/scenarios/right-taken-away.ts';
import { SECOND_ACCOUNT } from '../../verify/scenarios/second-account.ts';
import { UPDATE } from '../../verify/scenarios/update.ts';
import { created, fakeTrackings, fakeWorld, finalEvent } from './fake-aws.ts';

const REFUSED = { type: 'TaskFailed', error: 'EventBridge.AccessDeniedException', cause: 'no' };

describe('right-taken-away', () => {
  async function run(errors: (executionArn: string) => (typeof REFUSED)[], finalEvents = 1) {
    const deleted: string[] = [];
    const stacks = {
      create: async () => created('CREATE_COMPLETE'),
      delete: async (name: string) => void deleted.push(name),
    } as never;
    const { seen } = await RIGHT_TAKEN_AWAY.run(
      fakeWorld({
        stacks,
        trackings: fakeTrackings({ errors: async (executionArn) => errors(executionArn) }),
        witness: { finalEvents: () => Array(finalEvents).fill(finalEvent()) } as never,
      }),
    );
    expect(deleted).toEqual(['deny']);
    return seen['refused-publish-is-retried'];
  }

  it('agrees where a later tracking is refused, and ends in one event', async () => {
    const seen = await run((executionArn) => (executionArn === 'execution 3' ? [REFUSED] : []));

    expect(seen).toEqual({ wasRefused: true, status: 'SUCCEEDED', finalEvents: 1 });
  });

  it('differs where no event comes after the refusal', async () => {
    expect(await run(() => [REFUSED], 0)).toMatchObject({ finalEvents: 0 });
  });

  it.each([
    ['nothing is refused', []],
    ['something else failed', [{ ...REFUSED, error: 'Lambda.Unknown' }]],
  ])('shows nothing where %s', async (_, errors) => {
    expect(await run(() => errors)).toEqual({ why: 'IAM refused the publish of none of 8 trackings' });
  });
});

describe('redrive', () => {
  const told = (...statuses: string[]) =>
    statuses.map((status) => ({ ...finalEvent(), detail: { status, redriveCount: 1 } }));

  it.each([
    ['agrees', [finalEvent({ a: 1 }), finalEvent({ a: 1 })], told('RUNNING', 'SUCCEEDED'), 2, true],
    [
      'differs where the events do',
      [finalEvent({ a: 1 }), finalEvent({ a: 2 })],
      told('SUCCEEDED'),
      2,
      false,
    ],
    ['differs where none is repeated', [finalEvent()], told('RUNNING', 'SUCCEEDED'), 1, true],
  ])('%s', async (_, events, changes, finalEvents, areEqual) => {
    const witness = { finalEvents: () => events, statusChanges: () => changes } as never;

    const { seen } = await REDRIVE.run(fakeWorld({ witness }));

    expect(seen).toEqual({
      'redrive-keeps-the-arn': changes.length > 1 ? 'RUNNING told under the same ARN' : 'not told',
      'redrive-repeats-the-event': { finalEvents, areEqual },
    });
  });
});

describe('second-account', () => {
  async function run(status: string, executionOfEvent: string) {
    const event = { Body: JSON.stringify({ detail: { metadata: { id: executionOfEvent } } }) };
    const sqs = {
      send: async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        return { Messages: [event] };
      },
    };
    const stacks = { create: async () => created(status), delete: async () => {} };
    const second = { accountId: '210987654321', aws: { sqs }, stacks } as never;
    const until: typeof patient = patient;
    return (await SECOND_ACCOUNT.run(fakeWorld({ second, until }))).seen;
  }

  async function patient<T>(what: string, _: number, ask: () => Promise<T | undefined | false>): Promise<T> {
    for (let tries = 0; tries < 20; tries += 1) {
      const found = await ask();
      if (found !== undefined && found !== false) return found;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error(what);
  }

  it('agrees where the event comes, if only of a later tracking', async () => {
    expect(await run('CREATE_COMPLETE', 'execution 2')).toEqual({
      'second-account-makes-a-rule': 'CREATE_COMPLETE',
      'second-account-gets-the-event': 'delivered',
    });
  });

  it('differs where none comes', async () => {
    const seen = await run('CREATE_COMPLETE', 'another');

    expect(seen).toMatchObject({ 'second-account-gets-the-event': 'not delivered' });
  });

  it('does not say that none comes where the rule was not made', async () => {
    expect(await run('CREATE_FAILED', 'execution 1')).toEqual({
      'second-account-makes-a-rule': 'CREATE_FAILED',
      'second-account-gets-the-event': { why: 'its rule was not made' },
    });
  });
});

describe('error-names', () => {
  const denied = { Error: 'DynamoDB.AccessDeniedException', Cause: 'is not authorized to perform: it' };
  const tasks = (failedCondition: unknown) => ({
    refusedEntry: { Error: 'EventBridge.FailedEntry', Cause: 'Not authorized for the source.' },
    deniedEvent: denied,
    missingBus: {},
    failedCondition,
    deniedWrite: denied,
  });
  const failed = { Error: 'DynamoDB.ConditionalCheckFailedException' };

  async function run(outputs: readonly (Record<string, unknown> | undefined)[]) {
    const answers = outputs.map((one) => ({
      status: one === undefined ? 'FAILED' : 'SUCCEEDED',
      ...(one && { output: JSON.stringify(one) }),
    }));
    const describe = async () => (answers.length > 1 ? answers.shift() : answers[0]);
    const trackings = fakeTrackings({ describe: describe as never, states: async () => ['missingBus'] });
    return (await ERROR_NAMES.run(fakeWorld({ trackings }))).seen;
  }

  it('waits until the new role has its rights', async () => {
    expect(await run([tasks(denied), tasks(failed)])).toEqual({
      'refused-entry-name': 'EventBridge.FailedEntry',
      'denied-event-is-caught': 'caught',
      'missing-bus-fails-no-task': 'succeeded',
      'failed-condition-name': 'DynamoDB.ConditionalCheckFailedException',
      'denied-write-is-caught': 'caught',
    });
  });

  it('shows nothing where it does not get them', async () => {
    const why = 'the role had no rights yet';

    expect(new Set(Object.values(await run([tasks(denied)])).map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ why })]),
    );
  });

  it('differs for the task alone whose error is not caught', async () => {
    expect(await run([undefined])).toMatchObject({
      'missing-bus-fails-no-task': 'FAILED: not caught',
      'denied-write-is-caught': { why: 'the execution ended in missingBus, as FAILED' },
    });
  });
});

it('update shows nothing where the tracking ended before it', async () => {
  const sfn = { send: async () => ({ definition: 'd' }) };

  const { seen } = await UPDATE.run(fakeWorld({ aws: { sfn } as never, redeploy: async () => {} }));

  const why = 'it ended before the update had';
  expect(seen).toEqual({ 'update-loses-no-tracking': { why }, 'update-keeps-the-definition': { why } });
});

it('missing-bus shows nothing where something else than the rule failed', async () => {
  const stacks = { create: async () => created('CREATE_FAILED'), delete: async () => {} } as never;

  const { seen } = await MISSING_BUS.run(fakeWorld({ stacks }));

  expect(seen).toEqual({
    'missing-bus-fails-deployment': { why: 'CREATE_FAILED, and not for the rule' },
  });
});
