/** A wrong definition ends otherwise in the judge, so a test above would fail. One fault of each kind is planted. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { entry, says } from '../../workflow/tracking-harness.ts';
import { judged, type Scenario } from './both.ts';
import { type Judge, stepFunctionsJudge } from './judge.ts';
import { type Faults, TaskError } from './world.ts';

let judge: Judge;
beforeAll(async () => {
  judge = await stepFunctionsJudge(inject('python'));
});
afterAll(() => judge.close());

// biome-ignore lint/suspicious/noExplicitAny: a planted fault may be anywhere.
type States = any;

const once =
  (name: string, failing = 1) =>
  (attempt: number, perform: () => Promise<unknown>): unknown => {
    if (attempt === failing) throw new TaskError(name);
    return perform();
  };
const planOnce: Faults = { invokeFunction: once('Lambda.TooManyRequestsException') };
/** After the plan. */
const checkOnce: Faults = { invokeFunction: once('Lambda.TooManyRequestsException', 2) };
const eventOnce: Faults = { putEvents: once('EventBridge.FailedEntry') };
const replaced = (state: States, before: string, after: string) =>
  Object.assign(state, JSON.parse(JSON.stringify(state).replace(before, after)));

it.each<[string, (states: States) => unknown, Faults, object]>([
  [
    'a plan without its catch',
    (states) => delete states['Plan first check'].Catch,
    planOnce,
    { end: { status: 'FAILED', error: 'Lambda.TooManyRequestsException' }, events: [] },
  ],
  [
    'a plan that is asked to check',
    (states) => delete states['Plan first check'].Parameters.Payload.plans,
    {},
    {
      end: {
        states: [
          ...['Plan first check', 'Wait until next check'],
          ...['Check delivery', 'Delivery final?', 'Publish delivery complete'],
        ],
      },
    },
  ],
  [
    'a check without its catch',
    (states) => delete states['Check delivery'].Catch,
    checkOnce,
    { end: { status: 'FAILED', error: 'Lambda.TooManyRequestsException' }, events: [] },
  ],
  [
    'a misspelt error to catch',
    (states) => replaced(states['Check delivery'], 'States.ALL', 'Lambda.ALL'),
    checkOnce,
    { end: { status: 'FAILED', error: 'Lambda.TooManyRequestsException' }, events: [] },
  ],
  [
    'a catch that drops the state',
    (states) => delete states['Check delivery'].Catch[0].ResultPath,
    {
      invokeFunction: once('Lambda.Unknown', 3),
    },
    // Two returned.
    { events: [{ detail: { data: { checks: 1 } } }] },
  ],
  [
    'a misspelt error to retry',
    (states) => replaced(states['Publish delivery complete'], 'States.ALL', 'EventBridge.ALL'),
    eventOnce,
    { end: { status: 'FAILED', error: 'EventBridge.FailedEntry' }, events: [] },
  ],
  [
    "a publication that hands on EventBridge's answer",
    (states) => delete states['Publish delivery complete'].ResultPath,
    {},
    { end: { status: 'FAILED' }, events: [{}] },
  ],
  [
    'a next state that is misspelt',
    (states) => replaced(states['Wait until next check'], 'Check delivery', 'Check delivry'),
    {},
    { end: { status: 'FAILED' }, events: [] },
  ],
  [
    'a wait for a field that no check returns',
    (states) => replaced(states['Wait until next check'], '$.nextCheckAt', '$.nextCheck'),
    {},
    { end: { status: 'FAILED' }, events: [] },
  ],
  [
    'a choice by a field that no check returns',
    (states) => replaced(states['Delivery final?'], '$.outcome', '$.result'),
    {},
    { end: { status: 'FAILED' }, events: [] },
  ],
  [
    'a choice by a word that no check returns',
    (states) => replaced(states['Delivery final?'], '"complete"', '"completed"'),
    {},
    { end: { status: 'FAILED' }, events: [] },
  ],
  [
    'a name in the context that does not exist',
    (states) => replaced(states['Check delivery'], '$$.Execution.Id', '$$.Execution.Arn'),
    {},
    { end: { status: 'FAILED' }, events: [{ detail: { data: { error: { code: 'UNEXPECTED_ERROR' } } } }] },
  ],
  [
    'an event without its detail',
    (states) => replaced(states['Publish delivery complete'], '"$.detail"', '"$.details"'),
    {},
    { end: { status: 'FAILED' }, events: [] },
  ],
  [
    'JSONata that returns another word',
    (states) => replaced(states['Check failed'], "'waiting'", "'waits'"),
    checkOnce,
    { end: { status: 'FAILED' }, events: [] },
  ],
  [
    'JSONata that does not parse',
    (states) => replaced(states['Check failed'], '$failures := (', '$failures := (('),
    checkOnce,
    { end: { status: 'FAILED' }, events: [] },
  ],
])('%s is seen', async (_, plant, faults, seen) => {
  const scenario: Scenario = {
    deadlineSeconds: 600,
    kore: (call, response) =>
      call === 1 ? says(response, 'IN_PROGRESS', [entry(1)]) : says(response, 'SUCCESS', [entry(1)]),
    faults: () => faults,
    change: ({ stateMachine, ...others }) => {
      const definition = JSON.parse(stateMachine.definition);
      plant(definition.States);
      return { ...others, stateMachine: { ...stateMachine, definition: JSON.stringify(definition) } };
    },
  };

  expect(await judged(judge, scenario)).toMatchObject(seen);
});

it('a record that overwrites the first is seen', async () => {
  const scenario: Scenario = {
    kore: (_, response) => says(response, 'SUCCESS', [entry(1)]),
    deadlineSeconds: 60,
    faults: () => ({
      invokeFunction: async (attempt, perform) => {
        if (attempt === 2) await perform();
        throw new TaskError('Lambda.Unknown');
      },
    }),
    change: ({ stateMachine, ...others }) => {
      const definition = stateMachine.definition.replaceAll(/if_not_exists\(#?\w+, (:\w+)\)/g, '$1');
      return { ...others, stateMachine: { ...stateMachine, definition } };
    },
  };

  expect(await judged(judge, scenario)).toMatchObject({
    end: { status: 'FAILED' },
    record: { outcome: 'failed' },
  });
});
