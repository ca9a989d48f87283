/** Failures that are announced while the delivery goes on, by the definition of a tracker that is told to. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { entry, says } from '../../workflow/tracking-harness.ts';
import { announcing, judged, local, type Scenario, timeless } from './both.ts';
import { fail } from './campaign-scenarios.ts';
import { type Judge, stepFunctionsJudge } from './judge.ts';

let judge: Judge;
beforeAll(async () => {
  judge = await stepFunctionsJudge(inject('python'));
});
afterAll(() => judge.close());

const NOT_REACHED = 'Notification Recipients Not Reached';
const COMPLETE = 'Notification Delivery Complete';
const idOf = (index: number) => `nl-736ff917-d836-55b4-9a6b-3dad20c09af${index}`;
const failed = (index: number) => ({ ...entry(index, 'FAILURE'), _id: idOf(index) });
const idAtCheck = (check: number) => `arn:of:the:execution#${check}`;

const announced = (check: number, logIds: readonly string[]) => ({
  detailType: NOT_REACHED,
  detail: {
    metadata: { id: idAtCheck(check) },
    data: { requestId: 'ds-1', logIds, count: logIds.length, more: false },
  },
});

/** A failure in the first check, another in the third, which is the last. */
const TWO_FAILURES: Scenario = {
  change: announcing,
  kore: (call, response) =>
    call < 3
      ? says(response, 'IN_PROGRESS', [entry(9), failed(1)])
      : says(response, 'PARTIAL_SUCCESS', [entry(9), failed(1), failed(2)]),
};

/** @param tries that EventBridge refuses, from this one on. */
const refused =
  (tries: number, from = 1): Scenario['faults'] =>
  () => ({
    putEvents: (attempt, perform) =>
      attempt >= from && attempt < from + tries ? fail('EventBridge.FailedEntry') : perform(),
  });
/** All tries of the state while the execution waits, and of that before the end. */
const WHILE_WAITING = 6;
const BEFORE_THE_END = 24;

it.each<[string, Scenario, object[]]>([
  [
    'are announced once each, the last before the final event',
    TWO_FAILURES,
    [announced(1, [idOf(1)]), announced(3, [idOf(2)]), { detailType: COMPLETE }],
  ],
  [
    'wait where EventBridge refuses them five times',
    { ...TWO_FAILURES, faults: refused(5) },
    [announced(1, [idOf(1)]), announced(3, [idOf(2)]), { detailType: COMPLETE }],
  ],
  [
    'are put off to the next check where EventBridge refuses them for a minute',
    { ...TWO_FAILURES, faults: refused(WHILE_WAITING) },
    [announced(2, [idOf(1)]), announced(3, [idOf(2)]), { detailType: COMPLETE }],
  ],
  [
    'do not hold up the final event for more than some minutes',
    { ...TWO_FAILURES, faults: refused(BEFORE_THE_END, 2) },
    [announced(1, [idOf(1)]), { detailType: COMPLETE }],
  ],
])('failures %s', async (_, scenario, events) => {
  const [ours, theirs] = [await local(scenario), await judged(judge, scenario)];

  expect(theirs).toMatchObject({
    end: { status: 'SUCCEEDED', output: { outcome: 'complete', status: 'PARTIAL_SUCCESS' } },
    events,
    rows: { '#summary': { outcome: 'complete' } },
  });
  expect({ ...timeless(theirs), end: theirs.end.states }).toEqual({
    ...timeless(ours),
    end: ours.end.states,
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a planted fault may be anywhere.
type States = any;
const changed = (state: States, before: string | RegExp, after: string) =>
  Object.assign(state, JSON.parse(JSON.stringify(state).replace(before, after)));

it.each<[string, (states: States) => unknown, Scenario['faults'], object]>([
  [
    'a check that is not told to announce',
    (states) => delete states['Check delivery'].Parameters.Payload.announces,
    undefined,
    { events: [{ detailType: COMPLETE }] },
  ],
  [
    'a choice that does not know the word',
    (states) => changed(states['Delivery final?'], /"announcing"/g, '"announced"'),
    undefined,
    { end: { status: 'FAILED' }, events: [] },
  ],
  [
    'an announcement that hands on itself in place of the state',
    (states) => changed(states['Publish recipients not reached'], '"$.then"', '"$.detail"'),
    undefined,
    { end: { status: 'FAILED' }, events: [{ detailType: NOT_REACHED }] },
  ],
  [
    'an announcement without its catch',
    (states) => delete states['Publish recipients not reached'].Catch,
    refused(WHILE_WAITING),
    { end: { status: 'FAILED' }, events: [] },
  ],
  [
    'a last announcement without its catch',
    (states) => delete states['Publish last recipients not reached'].Catch,
    refused(BEFORE_THE_END, 2),
    { end: { status: 'FAILED' }, events: [announced(1, [idOf(1)])] },
  ],
  [
    'a last announcement that is put off, though no check comes after it',
    (states) => {
      states['Publish last recipients not reached'].Retry = states['Publish recipients not reached'].Retry;
    },
    refused(WHILE_WAITING, 2),
    { events: [announced(1, [idOf(1)]), { detailType: COMPLETE }] },
  ],
  [
    'an announcement that is tried once',
    (states) => delete states['Publish recipients not reached'].Retry,
    refused(1),
    { events: [announced(2, [idOf(1)]), announced(3, [idOf(2)]), { detailType: COMPLETE }] },
  ],
  [
    'a failure that is taken for announced, and was not',
    (states) =>
      changed(
        states['Announce with the next check'],
        '$states.input.announcedBefore',
        '$then.progress.announced',
      ),
    refused(WHILE_WAITING),
    { events: [announced(3, [idOf(2)]), { detailType: COMPLETE }] },
  ],
])('%s is seen', async (_, plant, faults, seen) => {
  const { events, end } = await judged(judge, {
    ...TWO_FAILURES,
    ...(faults && { faults }),
    change: () => {
      const { stateMachine, ...others } = announcing();
      const definition = JSON.parse(stateMachine.definition);
      plant(definition.States);
      return { ...others, stateMachine: { ...stateMachine, definition: JSON.stringify(definition) } };
    },
  });

  expect({ events, end }).toMatchObject(seen);
});
