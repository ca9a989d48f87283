/** The definition of a campaign: what its execution does, and in which order. */
import { describe, expect, inject, it } from 'vitest';
import { readDeployment } from '../../../local/aws/deployment.ts';
import type { Fields } from '../../workflow/tracking-harness.ts';

const { campaignStateMachine, campaignFunction } = readDeployment(inject('assembly'), 'DeliveryTracker');
const definition: Fields = JSON.parse(campaignStateMachine.definition);
const states: Record<string, Fields> = definition.States;

/** The states that each outcome leads to. */
const next = Object.fromEntries(
  states['Campaign final?']?.Choices.map(({ StringEquals, Next }: Fields) => [StringEquals, Next]),
);

it('has these states and no other', () => {
  expect(Object.keys(states).toSorted()).toEqual([
    'Campaign final?',
    'Campaign tracking failed',
    'Check campaign',
    'Check failed',
    'Publish campaign complete',
    'Publish campaign timed out',
    'Publish campaign tracking failed',
    'Read final event',
    'Record final event',
    'Save campaign',
    'Wait until next check',
  ]);
});

it('checks first, without a wait: a second start of a campaign is told at once', () => {
  expect(definition.StartAt).toBe('Check campaign');
});

it('goes on by the outcome of a check, and knows no other word', () => {
  expect(next).toEqual({
    waiting: 'Wait until next check',
    complete: 'Publish campaign complete',
    'timed-out': 'Publish campaign timed out',
    failed: 'Publish campaign tracking failed',
    unexpected: 'Record final event',
  });
  expect(states['Campaign final?']).not.toHaveProperty('Default');
});

describe('a check', () => {
  const check = states['Check campaign'] ?? {};

  it('is the function of campaigns, which is told the execution, its input and the state', () => {
    expect(check.Parameters.FunctionName).toMatch(/:function:TrackerCampaignsCheckCampaignFunction/);
    expect(check.Parameters.Payload).toEqual({
      execution: {
        'id.$': '$$.Execution.Id',
        'name.$': '$$.Execution.Name',
        'startedAt.$': '$$.Execution.StartTime',
      },
      'input.$': '$$.Execution.Input',
      'state.$': '$',
    });
  });

  it('is never tried again by itself: after any error it waits, and keeps the state', () => {
    expect(check).not.toHaveProperty('Retry');
    expect(check.Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Check failed' }]);
    expect(states['Check failed']?.Next).toBe('Campaign final?');
  });

  it('may take longer than the function, so that its own time-out is seen first', () => {
    expect(check.TimeoutSeconds).toBeGreaterThan(campaignFunction.timeoutSeconds);
  });

  it('is followed by the decision, and a wait by the next check', () => {
    expect(check.Next).toBe('Campaign final?');
    expect(states['Wait until next check']).toMatchObject({
      TimestampPath: '$.nextCheckAt',
      Next: 'Check campaign',
    });
  });
});

describe('an end', () => {
  it.each([
    ['Publish campaign complete', 'Campaign Delivery Complete'],
    ['Publish campaign timed out', 'Campaign Delivery Timed Out'],
    ['Publish campaign tracking failed', 'Campaign Tracking Failed'],
  ])('"%s" puts one event, for an hour if need be', (name, detailType) => {
    const { Parameters, Retry, ResultPath } = states[name] ?? {};

    expect(Parameters.Entries).toEqual([
      {
        Source: 'notification-delivery-tracker',
        DetailType: detailType,
        'Detail.$': '$.detail',
        EventBusName: expect.stringContaining('event-bus/'),
      },
    ]);
    expect(Retry).toEqual([expect.objectContaining({ ErrorEquals: ['States.ALL'], MaxAttempts: 65 })]);
    expect(ResultPath).toBeNull();
  });

  it('is the output of the execution, or an error that the reporter knows to be published', () => {
    for (const name of ['Publish campaign complete', 'Publish campaign timed out']) {
      expect(states[name]).toMatchObject({ OutputPath: '$.output', End: true });
      expect(states[name]).not.toHaveProperty('Next');
    }
    expect(states['Publish campaign tracking failed']).toMatchObject({ Next: 'Campaign tracking failed' });
    expect(states['Publish campaign tracking failed']).not.toHaveProperty('OutputPath');
    expect(states['Campaign tracking failed']).toMatchObject({
      Type: 'Fail',
      Error: 'TrackingFailed',
      CausePath: '$.detail.data.error.message',
    });
  });

  it('that the function did not report is recorded, read, saved and then published', () => {
    expect(states['Record final event']).toMatchObject({
      Next: 'Read final event',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Publish campaign tracking failed' }],
    });
    expect(states['Read final event']?.Next).toBe('Save campaign');
    expect(states['Save campaign']?.Next).toBe('Campaign final?');
  });

  it('does not wait for a row that the table refuses', () => {
    const { Retry, Catch } = states['Save campaign'] ?? {};

    expect(Retry[0]).toEqual({
      ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'],
      MaxAttempts: 0,
    });
    expect(Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Campaign final?' }]);
  });
});
