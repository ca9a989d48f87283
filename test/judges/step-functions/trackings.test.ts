/** Whole trackings by the definition as it is deployed, in an interpreter that somebody else wrote. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Deployment } from '../../../local/aws/deployment.ts';
import {
  deployment,
  deploymentWithDeadline,
  entry,
  type Fields,
  fails,
  says,
} from '../../workflow/tracking-harness.ts';
import { announcing, INPUT, judged, local, type Scenario, timeless } from './both.ts';
import { type Judge, stepFunctionsJudge } from './judge.ts';
import { functionArnIn, TaskError } from './world.ts';

let judge: Judge;
beforeAll(async () => {
  judge = await stepFunctionsJudge(inject('python'));
});
afterAll(() => judge.close());

const counts = (total: number, failed: number) => ({ total, delivered: total - failed, failed });

const ENDS: readonly [string, Scenario, object][] = [
  [
    'a delivery that is complete',
    {
      kore: (call, response) =>
        call < 3
          ? says(response, 'IN_PROGRESS', [entry(1)])
          : says(response, 'PARTIAL_SUCCESS', [entry(1), entry(2, 'FAILURE')]),
      input: { ...INPUT, recipients: 2, correlationId: 'order-42' },
    },
    {
      end: {
        status: 'SUCCEEDED',
        output: { outcome: 'complete', status: 'PARTIAL_SUCCESS', counts: counts(2, 1) },
      },
      events: [{ detailType: 'Notification Delivery Complete', detail: { data: { checks: 3 } } }],
      rows: { '#summary': { outcome: 'complete', correlationId: 'order-42' }, 'nl-2': { status: 'FAILURE' } },
      record: { outcome: 'complete' },
    },
  ],
  [
    'a delivery without logs',
    { kore: (_, response) => says(response, 'FAILURE') },
    {
      end: { status: 'SUCCEEDED', output: { outcome: 'complete', status: 'FAILURE', counts: counts(0, 0) } },
    },
  ],
  [
    'an outage in the middle',
    {
      kore: (call, response) => {
        if (call === 1) return says(response, 'IN_PROGRESS', [entry(1)]);
        if (call < 4) return fails(response, 503);
        return says(response, 'SUCCESS', [entry(1)]);
      },
    },
    { end: { status: 'SUCCEEDED' }, events: [{ detail: { data: { checks: 4 } } }] },
  ],
  [
    'input without a request id',
    { kore: (_, response) => fails(response, 500), input: { streamId: 'st-1' } },
    {
      end: { status: 'FAILED', error: 'TrackingFailed' },
      events: [{ detail: { data: { requestId: 'ds-1', error: { code: 'INVALID_INPUT' } } } }],
      record: { outcome: 'failed', detailType: 'Notification Tracking Failed' },
    },
  ],
  ...[['a list'], 'a text', 7].map((input): [string, Scenario, object] => [
    `input that is ${JSON.stringify(input)}`,
    { kore: (_, response) => fails(response, 500), input },
    { end: { status: 'FAILED' }, events: [{ detail: { data: { error: { code: 'INVALID_INPUT' } } } }] },
  ]),
];

it.each(ENDS)('%s ends as in the local interpreter', async (_, scenario, expected) => {
  const [ours, theirs] = [await local(scenario), await judged(judge, scenario)];

  expect(theirs).toMatchObject(expected);
  expect(timeless(theirs)).toEqual(timeless(ours));
});

it('input that is null is refused as well, which the local interpreter cannot read', async () => {
  const { events } = await judged(judge, { kore: (_, response) => fails(response, 500), input: null });

  expect(events).toMatchObject([
    { detail: { data: { requestId: 'ds-1', error: { code: 'INVALID_INPUT' } } } },
  ]);
});

const DEADLINES: readonly [string, Scenario, object][] = [
  [
    'a delivery that is under way',
    { kore: (_, response) => says(response, 'IN_PROGRESS', [entry(1)]) },
    {
      end: {
        status: 'SUCCEEDED',
        output: { outcome: 'timed-out', status: 'IN_PROGRESS', counts: counts(1, 0) },
      },
      events: [
        {
          detailType: 'Notification Delivery Timed Out',
          detail: { data: { error: { code: 'DEADLINE_PASSED' } } },
        },
      ],
      rows: { '#summary': { outcome: 'timed-out' } },
    },
  ],
  [
    'Kore.ai that is down',
    { kore: (_, response) => fails(response, 503) },
    {
      end: { status: 'FAILED', error: 'TrackingFailed' },
      events: [
        {
          detailType: 'Notification Tracking Failed',
          detail: { data: { error: { code: 'KORE_UNREACHABLE' } } },
        },
      ],
      rows: { '#summary': { outcome: 'failed' } },
    },
  ],
];

it.each(DEADLINES)('at the deadline, %s ends as in the local interpreter', async (_, scenario, expected) => {
  const atDeadline = { ...scenario, deadlineSeconds: 600 };
  const [ours, theirs] = [await local(atDeadline), await judged(judge, atDeadline)];

  for (const outcome of [ours, theirs]) {
    expect(outcome).toMatchObject(expected);
    // The function's clock is up to a second before moto's.
    expect(outcome.seconds).toBeGreaterThan(598);
    expect(outcome.seconds).toBeLessThan(620);
  }
  expect(new Set(theirs.end.states)).toEqual(new Set(ours.end.states));
});

/** So `Check failed` counts the failures of a tracking itself (AWS docs, Error handling in Step Functions). */
it('attempts of a Retry count anew at each visit of a state', async () => {
  const { end } = await judged(judge, {
    kore: (call, response) => says(response, call === 1 ? 'IN_PROGRESS' : 'SUCCESS', [entry(1)]),
    faults: () => ({
      invokeFunction(attempt, perform) {
        // The first attempt is the plan of the first check.
        if (attempt % 2 === 0) throw new TaskError('Lambda.Unknown');
        return perform();
      },
    }),
    change: ({ stateMachine, ...others }) => {
      const definition = JSON.parse(stateMachine.definition);
      definition.States['Check delivery'].Retry = [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }];
      return { ...others, stateMachine: { ...stateMachine, definition: JSON.stringify(definition) } };
    },
  });

  expect(end).toMatchObject({ status: 'SUCCEEDED', errors: ['Lambda.Unknown', 'Lambda.Unknown'] });
  expect(end.states).not.toContain('Check failed');
});

it('Step Functions names the execution and its state machine in the resources of the event', async () => {
  const puts: unknown[] = [];
  const unused = () => Promise.reject(new Error('not asked for'));
  const machine = await judge.load(deployment().stateMachine);

  const execution = await machine.start(
    { name: 'ds-1', input: INPUT },
    {
      invokeFunction: async (payload) =>
        (payload as Fields).plans === true
          ? { outcome: 'waiting', nextCheckAt: new Date().toISOString() }
          : { outcome: 'complete', detail: {}, output: {} },
      putEvents: async (parameters) => {
        puts.push(parameters);
        return { FailedEntryCount: 0, Entries: [{ EventId: '1' }] };
      },
      updateItem: unused,
      putItem: unused,
      functionArn: functionArnIn(deployment().stateMachine),
      onTime: () => {},
    },
  );
  await execution.ended;

  const resources = [expect.stringContaining(':stateMachine:'), execution.arn];
  expect(puts).toMatchObject([{ Entries: [{ Resources: resources }] }]);
});

it('every definition is judged as it is deployed', async () => {
  const { stateMachine, campaignStateMachine, reporter } = deployment();

  for (const machine of [stateMachine, campaignStateMachine, reporter, announcing().stateMachine]) {
    const loaded = await judge.load(machine);
    expect(await loaded.definition()).toBe(machine.definition);
  }
});

it('with another deadline, a definition differs in its numbers and in nothing else', () => {
  const withoutNumbers = ({ stateMachine }: Deployment) => stateMachine.definition.replaceAll(/\d+/g, '0');

  expect(deploymentWithDeadline(600)).not.toEqual(deployment());
  expect(withoutNumbers(deploymentWithDeadline(600))).toBe(withoutNumbers(deployment()));
});
