/** Whole campaigns by the definition as it is deployed, in an interpreter that somebody else wrote. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { judged, local, type Scenario, timeless } from './both.ts';
import {
  CAMPAIGN,
  CAMPAIGN_INPUT,
  ending,
  fail,
  numbers,
  saveRowOfAnother,
  saveSummary,
} from './campaign-scenarios.ts';
import { type Judge, stepFunctionsJudge } from './judge.ts';

let judge: Judge;
beforeAll(async () => {
  judge = await stepFunctionsJudge(inject('python'));
});
afterAll(() => judge.close());

const ENDS: readonly [string, Scenario, object][] = [
  [
    'one that waits for its last notification',
    {
      ...CAMPAIGN,
      input: { ...CAMPAIGN_INPUT, deadlineSeconds: 3_600 },
      faults: ending({ 1: 'complete', 3: 'failed' }),
    },
    {
      end: {
        status: 'SUCCEEDED',
        output: { outcome: 'complete', notifications: numbers({ complete: 1, failed: 1 }) },
      },
      events: [
        {
          detailType: 'Campaign Delivery Complete',
          detail: { data: { campaignId: 'spring', counts: { total: 6, delivered: 4, failed: 2 } } },
        },
      ],
      rows: { '#summary': { outcome: 'complete', checks: 3 } },
      record: { outcome: 'complete', detailType: 'Campaign Delivery Complete' },
    },
  ],
  [
    'one whose function fails twice, and mends',
    {
      ...CAMPAIGN,
      input: { ...CAMPAIGN_INPUT, deadlineSeconds: 3_600 },
      faults: ending(
        { 1: 'complete', 4: 'complete' },
        {
          invokeFunction: (attempt, perform) =>
            attempt === 2 || attempt === 3 ? fail('Lambda.TooManyRequestsException') : perform(),
        },
      ),
    },
    {
      end: { status: 'SUCCEEDED', output: { outcome: 'complete' } },
      events: [{ detailType: 'Campaign Delivery Complete' }],
      rows: { '#summary': { outcome: 'complete', checks: 2 } },
    },
  ],
  [
    'input without a number of notifications',
    { ...CAMPAIGN, input: { campaignId: 'spring' } },
    {
      end: { status: 'FAILED', error: 'TrackingFailed' },
      events: [
        {
          detailType: 'Campaign Tracking Failed',
          detail: { data: { campaignId: 'spring', error: { code: 'INVALID_INPUT' } } },
        },
      ],
      rows: { '#summary': { outcome: 'failed', error: { code: 'INVALID_INPUT' } } },
      record: { outcome: 'failed' },
    },
  ],
  [
    'input that is a list',
    { ...CAMPAIGN, input: ['spring'] },
    {
      end: { status: 'FAILED', error: 'TrackingFailed' },
      events: [{ detail: { data: { campaignId: 'spring', error: { code: 'INVALID_INPUT' } } } }],
      rows: {},
    },
  ],
  [
    'an id that was used before',
    {
      ...CAMPAIGN,
      faults: (surroundings) => ({
        invokeFunction: async (_, perform) => {
          await saveRowOfAnother(surroundings);
          return perform();
        },
      }),
    },
    {
      end: { status: 'FAILED', error: 'TrackingFailed' },
      events: [{ detail: { data: { error: { code: 'CAMPAIGN_ID_USED' } } } }],
      rows: { '#summary': { executionArn: 'arn:other', notifications: { expected: 9 } } },
      record: { outcome: 'failed' },
    },
  ],
  [
    'an event that EventBridge refuses five times',
    {
      ...CAMPAIGN,
      faults: ending(
        { 1: 'complete', 2: 'complete' },
        { putEvents: (attempt, perform) => (attempt <= 5 ? fail('EventBridge.FailedEntry') : perform()) },
      ),
    },
    { end: { status: 'SUCCEEDED' }, events: [{ detailType: 'Campaign Delivery Complete' }] },
  ],
];

it.each(ENDS)('%s ends as in the local interpreter', async (_, scenario, expected) => {
  const [ours, theirs] = [await local(scenario), await judged(judge, scenario)];

  expect(theirs).toMatchObject(expected);
  expect(timeless(theirs)).toEqual(timeless(ours));
});

it('at its last end it times out, and has found what left no summary', async () => {
  const scenario: Scenario = {
    ...CAMPAIGN,
    input: { ...CAMPAIGN_INPUT, notifications: 3 },
    faults: (surroundings) => ({
      invokeFunction: async (attempt, perform) => {
        if (attempt > 1) return perform();
        await saveSummary(surroundings, 'ds-1', 'timed-out');
        surroundings.executions.put({
          executionArn: 'arn:stopped',
          stateMachineArn: TRACKING,
          name: 'ds-2',
          status: 'ABORTED',
          input: '{"requestId":"ds-2","campaignId":"spring"}',
          startDate: Date.now() / 1000,
        });
        return perform();
      },
    }),
  };

  const [ours, theirs] = [await local(scenario), await judged(judge, scenario)];

  for (const outcome of [ours, theirs]) {
    expect(outcome).toMatchObject({
      end: { status: 'SUCCEEDED', output: { outcome: 'timed-out' } },
      events: [
        {
          detailType: 'Campaign Delivery Timed Out',
          detail: {
            data: {
              notifications: { expected: 3, complete: 0, timedOut: 1, failed: 1, missing: 1, extra: 0 },
              error: { code: 'DEADLINE_PASSED' },
            },
          },
        },
      ],
      rows: { '#summary': { outcome: 'timed-out' } },
    });
    expect(outcome.seconds).toBeGreaterThan(118);
    expect(outcome.seconds).toBeLessThan(130);
  }
  expect(new Set(theirs.end.states)).toEqual(new Set(ours.end.states));
});

/** Of the state machine whose executions the function asks for. */
const TRACKING = 'arn:aws:states:us-east-1:000000000000:stateMachine:TrackerTrackingStateMachine390C6796';
