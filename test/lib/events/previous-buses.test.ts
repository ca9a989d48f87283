/** Buses of earlier definitions: every state machine may still put events there, and nothing new does. */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { expect, it } from 'vitest';
import { DeliveryTracker } from '../../../lib/delivery-tracker.ts';

const THEIRS = 'arn:aws:events:eu-west-1:222222222222:event-bus/theirs';

function synthesised(previous: boolean) {
  const stack = new Stack(new App(), 'Stack');
  const previousEventBuses = [
    EventBus.fromEventBusName(stack, 'Old', 'old-bus'),
    EventBus.fromEventBusArn(stack, 'Theirs', THEIRS),
  ];
  new DeliveryTracker(stack, 'Tracker', {
    eventBus: EventBus.fromEventBusName(stack, 'New', 'new-bus'),
    ...(previous && { previousEventBuses }),
  });
  const template = Template.fromStack(stack);
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  return { template, rights: statements.filter(({ Action }) => Action === 'events:PutEvents') };
}

it('are in the one statement by which a role may put events, of every state machine', () => {
  const { rights } = synthesised(true);

  expect(rights).toHaveLength(3);
  for (const { Resource } of rights) {
    expect(Resource).toHaveLength(3);
    const text = JSON.stringify(Resource);
    for (const bus of [':event-bus/new-bus', ':event-bus/old-bus', THEIRS]) expect(text).toContain(bus);
  }
});

it('change nothing else', () => {
  const masked = (previous: boolean) => {
    const { template, rights } = synthesised(previous);
    for (const statement of rights) delete statement.Resource;
    return template.toJSON().Resources;
  };

  expect(masked(true)).toEqual(masked(false));
});
