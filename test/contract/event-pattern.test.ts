import { describe, expect, it } from 'vitest';
import {
  campaignEventPattern,
  finalEventPattern,
  recipientsNotReachedPattern,
} from '../../contract/event/event-pattern.ts';

describe('the pattern of final events', () => {
  it('matches every outcome of every tracker with the default source', () => {
    expect(finalEventPattern()).toEqual({
      source: ['notification-delivery-tracker'],
      'detail-type': [
        'Notification Delivery Complete',
        'Notification Delivery Timed Out',
        'Notification Tracking Failed',
      ],
    });
  });

  it('matches the outcomes and statuses that it is asked for', () => {
    expect(finalEventPattern({ outcomes: ['complete'], statuses: ['FAILURE'] })).toEqual({
      source: ['notification-delivery-tracker'],
      'detail-type': ['Notification Delivery Complete'],
      detail: { data: { status: ['FAILURE'] } },
    });
  });

  it('matches the events of one tracker alone, by the ARNs of its executions', () => {
    const stateMachineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:tracking';

    expect(finalEventPattern({ stateMachineArn, source: 'acme' })).toMatchObject({
      source: ['acme'],
      detail: {
        metadata: { id: [{ prefix: 'arn:aws:states:eu-west-1:123456789012:execution:tracking:' }] },
      },
    });
  });
});

describe('the pattern of the ends of campaigns', () => {
  it('matches every outcome', () => {
    expect(campaignEventPattern()).toEqual({
      source: ['notification-delivery-tracker'],
      'detail-type': [
        'Campaign Delivery Complete',
        'Campaign Delivery Timed Out',
        'Campaign Tracking Failed',
      ],
    });
  });

  it('matches the outcomes and the state machine that it is asked for', () => {
    const stateMachineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:campaigns';

    expect(campaignEventPattern({ outcomes: ['timed-out'], stateMachineArn })).toEqual({
      source: ['notification-delivery-tracker'],
      'detail-type': ['Campaign Delivery Timed Out'],
      detail: {
        metadata: { id: [{ prefix: 'arn:aws:states:eu-west-1:123456789012:execution:campaigns:' }] },
      },
    });
  });
});

it('the pattern of announced failures matches no other event', () => {
  expect(recipientsNotReachedPattern({ source: 'acme' })).toEqual({
    source: ['acme'],
    'detail-type': ['Notification Recipients Not Reached'],
  });
});
