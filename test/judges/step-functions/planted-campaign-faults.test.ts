/** A wrong definition of campaigns, or of the reporter, ends otherwise in the judge, so a test of campaigns would fail. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Deployment } from '../../../local/aws/deployment.ts';
import { judged, type Scenario } from './both.ts';
import { CAMPAIGN, CAMPAIGN_INPUT, ending, fail, saveRowOfAnother } from './campaign-scenarios.ts';
import { type Judge, stepFunctionsJudge } from './judge.ts';
import { functionArnIn } from './world.ts';

let judge: Judge;
beforeAll(async () => {
  judge = await stepFunctionsJudge(inject('python'));
});
afterAll(() => judge.close());

// biome-ignore lint/suspicious/noExplicitAny: a planted fault may be anywhere.
type States = any;
type Plant = (states: States, deployment: Deployment) => unknown;

const replaced = (state: States, before: string, after: string) =>
  Object.assign(state, JSON.parse(JSON.stringify(state).replaceAll(before, after)));

/** Complete with its second check. */
const COMPLETES: Scenario = { ...CAMPAIGN, faults: ending({ 1: 'complete', 2: 'complete' }) };
const LAMBDA_FAILS_ONCE: Scenario = {
  ...CAMPAIGN,
  faults: ending(
    { 1: 'complete', 2: 'complete' },
    { invokeFunction: (attempt, perform) => (attempt === 1 ? fail('Lambda.Unknown') : perform()) },
  ),
};
const LAMBDA_FAILS: Scenario = {
  ...CAMPAIGN,
  faults: ending(
    { 1: 'complete' },
    { invokeFunction: (attempt, perform) => (attempt === 1 ? perform() : fail('Lambda.Unknown')) },
  ),
};
const OF_ANOTHER: Scenario = {
  ...CAMPAIGN,
  faults: (surroundings) => ({
    invokeFunction: async () => {
      await saveRowOfAnother(surroundings);
      return fail('Lambda.Unknown');
    },
  }),
};
const STOPPED: Scenario = {
  ...CAMPAIGN,
  report: () => ({ status: 'ABORTED', input: JSON.stringify(CAMPAIGN_INPUT) }),
  faults: () => ({ invokeFunction: () => ({ outcome: 'a word that nobody knows' }) }),
};

it.each<[string, 'campaignStateMachine' | 'reporter', Plant, Scenario, object]>([
  [
    'a check without its catch',
    'campaignStateMachine',
    (states) => delete states['Check campaign'].Catch,
    LAMBDA_FAILS_ONCE,
    { end: { status: 'FAILED', error: 'Lambda.Unknown' }, events: [] },
  ],
  [
    'a check by the function of notifications',
    'campaignStateMachine',
    (states, { stateMachine, campaignStateMachine }) =>
      replaced(states['Check campaign'], functionArnIn(campaignStateMachine), functionArnIn(stateMachine)),
    COMPLETES,
    { end: { status: 'FAILED' }, events: [{ detail: { data: { error: { code: 'INVALID_INPUT' } } } }] },
  ],
  [
    'a next state that is misspelt',
    'campaignStateMachine',
    (states) => replaced(states['Wait until next check'], 'Check campaign', 'Check campain'),
    COMPLETES,
    { end: { status: 'FAILED' }, events: [] },
  ],
  [
    'a choice by a word that no check returns',
    'campaignStateMachine',
    (states) => replaced(states['Campaign final?'], '"complete"', '"completed"'),
    COMPLETES,
    { end: { status: 'FAILED' }, events: [] },
  ],
  [
    'an event of another type',
    'campaignStateMachine',
    (states) => replaced(states['Publish campaign complete'], 'Campaign Delivery', 'Notification Delivery'),
    COMPLETES,
    { events: [{ detailType: 'Notification Delivery Complete' }] },
  ],
  [
    'JSONata that takes another deadline for that of the campaign, which ends three minutes after its start',
    'campaignStateMachine',
    (states) => replaced(states['Check failed'], '$isGiven ? $given', '$isGiven ? 300'),
    OF_ANOTHER,
    { seconds: expect.closeTo(900, -2) },
  ],
  [
    'a row that is written to another partition',
    'campaignStateMachine',
    (states) => replaced(states['Read final event'], "'#campaign#'", "'#campaigns#'"),
    LAMBDA_FAILS,
    { rows: { '#summary': expect.not.objectContaining({ outcome: 'failed' }) } },
  ],
  [
    'a row of another execution that is overwritten',
    'campaignStateMachine',
    (states) => delete states['Save campaign'].Parameters.ConditionExpression,
    OF_ANOTHER,
    { rows: { '#summary': { executionArn: 'arn:of:the:execution' } } },
  ],
  [
    'a refused row for which the event waits',
    'campaignStateMachine',
    (states) => delete states['Save campaign'].Catch,
    OF_ANOTHER,
    { end: { error: 'DynamoDB.ConditionalCheckFailedException' }, events: [] },
  ],
  [
    'a reporter that takes a campaign for a notification',
    'reporter',
    (states) => replaced(states['Describe interruption'], 'TrackerCampaignsCampaignStateMachine', 'Other'),
    STOPPED,
    { events: [{ detailType: 'Notification Tracking Failed' }] },
  ],
  [
    'a reporter that takes every row for that of a notification',
    'reporter',
    (states) => replaced(states['A campaign?'], '$.campaign', '$.campaigns'),
    STOPPED,
    { rows: expect.not.objectContaining({ '#summary': expect.anything() }) },
  ],
])('%s is seen', async (_, machine, plant, scenario, seen) => {
  const planted: Scenario = {
    ...scenario,
    change: (deployment: Deployment) => {
      const definition = JSON.parse(deployment[machine].definition);
      plant(definition.States, deployment);
      const faulty = { ...deployment[machine], definition: JSON.stringify(definition) };
      return { ...deployment, [machine]: faulty };
    },
  };

  expect(await judged(judge, planted)).toMatchObject(seen);
});
