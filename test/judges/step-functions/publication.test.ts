/** The final event, where EventBridge does not take it, and what the reporter publishes in the place of a dead execution. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { entry, says } from '../../workflow/tracking-harness.ts';
import { INPUT, judged, local, type Scenario, timeless } from './both.ts';
import { type Judge, stepFunctionsJudge } from './judge.ts';
import { TaskError } from './world.ts';

let judge: Judge;
beforeAll(async () => {
  judge = await stepFunctionsJudge(inject('python'));
});
afterAll(() => judge.close());

const done: Scenario['kore'] = (_, response) => says(response, 'SUCCESS', [entry(1)]);
const fail = (name: string): never => {
  throw new TaskError(name);
};

describe.each(['FailedEntry', 'ThrottlingException', 'InternalException', 'SdkClientException'])(
  'EventBridge.%s',
  (code) => {
    const name = `EventBridge.${code}`;

    it('five times delays the event', async () => {
      const scenario: Scenario = {
        kore: done,
        faults: () => ({ putEvents: (attempt, perform) => (attempt <= 5 ? fail(name) : perform()) }),
      };

      const [ours, theirs] = [await local(scenario), await judged(judge, scenario)];

      expect(theirs).toMatchObject({
        end: { status: 'SUCCEEDED', output: { outcome: 'complete' } },
        events: [{ detailType: 'Notification Delivery Complete' }],
      });
      expect(theirs.end.errors).toHaveLength(5);
      expect({ ...timeless(theirs), end: theirs.end.states }).toEqual({
        ...timeless(ours),
        end: ours.end.states,
      });
    });

    it('for an hour fails the execution, and the reporter publishes what it recorded', async () => {
      const tries = { count: 0 };
      const scenario: Scenario = {
        kore: done,
        faults: () => ({
          putEvents: (attempt, perform) => {
            tries.count = attempt;
            return attempt <= 66 ? fail(name) : perform();
          },
        }),
        report: ({ status }) => ({ status, input: JSON.stringify(INPUT) }),
      };

      const { end, reported, events, record, seconds } = await judged(judge, scenario);

      expect(end.status).toBe('FAILED');
      // The other names are lost here (judge.ts).
      if (code === 'FailedEntry') expect(end.error).toBe(name);
      else expect(end.error).not.toBe('TrackingFailed');
      expect(end.errors).toHaveLength(66);
      expect(tries.count).toBe(67);
      expect(seconds).toBeGreaterThan(1_800);
      expect(seconds).toBeLessThan(7_200);
      expect(reported).toMatchObject({ status: 'SUCCEEDED', errors: [] });
      expect(events).toMatchObject([{ detailType: 'Notification Delivery Complete' }]);
      expect(record?.detail).toEqual(events[0]?.detail);
    });
  },
);

it('an event whose answer was lost is published again as it was', async () => {
  const scenario: Scenario = {
    kore: done,
    faults: () => ({
      putEvents: async (attempt, perform) => {
        await perform();
        if (attempt < 3) fail('EventBridge.SdkClientException');
      },
    }),
  };

  const { events } = await judged(judge, scenario);

  expect(events).toHaveLength(3);
  expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(1);
});

it('an execution that is stopped in a check is reported once, and its rows are there', async () => {
  let stop = (): unknown => undefined;
  const scenario: Scenario = {
    kore: (_, response) => says(response, 'IN_PROGRESS', [entry(1)]),
    onStart: (toStop) => (stop = toStop),
    faults: () => ({
      invokeFunction: async (attempt, perform) => {
        const result = await perform();
        // Not in the plan of the first check, which comes before it.
        if (attempt === 2) await stop();
        return result;
      },
    }),
    report: ({ status }) => ({ status, input: JSON.stringify(INPUT) }),
  };

  const [ours, theirs] = [await local(scenario), await judged(judge, scenario)];

  expect(theirs).toMatchObject({
    end: { status: 'ABORTED' },
    events: [{ detail: { data: { requestId: 'ds-1', error: { code: 'TRACKING_INTERRUPTED' } } } }],
    rows: { 'nl-1': { status: 'SUCCESS' }, '#summary': { outcome: 'failed' } },
  });
  expect({ ...timeless(theirs), end: theirs.end.status }).toEqual({
    ...timeless(ours),
    end: ours.end.status,
  });
});

describe('the reporter of an execution that died before it recorded an end', () => {
  /** The definition fails it, as AWS itself would, before the function is called. */
  const died: Scenario = {
    kore: done,
    change: ({ stateMachine, ...others }) => {
      const definition = JSON.parse(stateMachine.definition);
      definition.States['Plan first check'] = { Type: 'Fail', Error: 'States.Runtime' };
      return { ...others, stateMachine: { ...stateMachine, definition: JSON.stringify(definition) } };
    },
  };

  it.each<[string, string, string | null | undefined, string]>([
    ['the input of the execution', 'by-hand', '{"requestId":"ds-1","streamId":"st-1"}', 'ds-1'],
    ['its name where the input is left out', 'ds-1', undefined, 'ds-1'],
    ['its name where the input is null', 'ds-1', null, 'ds-1'],
    ['the name of a later attempt', 'ds-1--3', undefined, 'ds-1'],
    ['its name where the input has no valid id', 'ds-1', '{"requestId":"../ds-1"}', 'ds-1'],
    ['its name where the id is no text', 'ds-1', '{"requestId":["ds-2"]}', 'ds-1'],
    ['its name where the input is a list', 'ds-1', '[{"requestId":"ds-2"},{"requestId":"ds-3"}]', 'ds-1'],
  ])('names the notification by %s', async (_, name, input, requestId) => {
    const report = () => ({ status: 'ABORTED', ...(input !== undefined && { input }) });
    const [ours, theirs] = [
      await local({ ...died, name, report }),
      await judged(judge, { ...died, name, report }),
    ];

    expect(theirs).toMatchObject({
      reported: { status: 'SUCCEEDED' },
      events: [{ detail: { data: { requestId, error: { code: 'TRACKING_INTERRUPTED' } } } }],
      rows: { '#summary': { outcome: 'failed', error: { code: 'TRACKING_INTERRUPTED' } } },
      record: { outcome: 'failed' },
    });
    expect({ ...timeless(theirs), end: theirs.end.status }).toEqual({
      ...timeless(ours),
      end: ours.end.status,
    });
  });
});
