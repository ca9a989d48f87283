/** The tracker's own rule on the bus of its final events: there is none without a bus, and what it matches is what goes out. */
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { expect, it } from 'vitest';
import { DeliveryTracker } from '../../../lib/delivery-tracker.ts';

const ACCOUNT = '111111111111';
const ENV = { account: ACCOUNT, region: 'eu-central-1' };
const DESCRIPTION = Match.stringLikeRegexp('Makes a deployment fail');

/** @param bus ARN or name of a bus that is there already. */
function templateWith(bus?: string): Template {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  const eventBus =
    bus === undefined
      ? undefined
      : bus.startsWith('arn:')
        ? EventBus.fromEventBusArn(stack, 'Bus', bus)
        : EventBus.fromEventBusName(stack, 'Bus', bus);
  new DeliveryTracker(stack, 'Tracker', { ...(eventBus && { eventBus }) });
  return Template.fromStack(stack);
}

const ofExecutionsOf = (machine: RegExp) => ({
  prefix: {
    'Fn::Join': [
      '',
      [
        'arn:',
        { Ref: 'AWS::Partition' },
        ':states:eu-central-1:111111111111:execution:',
        { 'Fn::GetAtt': [expect.stringMatching(machine), 'Name'] },
        ':',
      ],
    ],
  },
});

it('has no target, and matches all events of this tracker, of notifications and campaigns, alone', () => {
  const rules = Object.values(
    templateWith().findResources('AWS::Events::Rule', { Properties: { Description: DESCRIPTION } }),
  );

  expect(rules).toHaveLength(1);
  expect(rules[0]?.Properties).not.toHaveProperty('Targets');
  expect(rules[0]?.Properties.EventPattern).toMatchObject({
    source: ['notification-delivery-tracker'],
    'detail-type': [
      'Notification Delivery Complete',
      'Notification Delivery Timed Out',
      'Notification Tracking Failed',
      'Campaign Delivery Complete',
      'Campaign Delivery Timed Out',
      'Campaign Tracking Failed',
      'Notification Recipients Not Reached',
    ],
    detail: {
      metadata: { id: [ofExecutionsOf(/^TrackerTracking/), ofExecutionsOf(/^TrackerCampaignsCampaign/)] },
    },
  });
});

it('is on the bus that was named, so that a deployment fails where there is none of that name', () => {
  templateWith('mistyped').hasResourceProperties('AWS::Events::Rule', {
    Description: DESCRIPTION,
    EventBusName: 'mistyped',
  });
});

it('is not made on a bus of another account or region', () => {
  const template = templateWith('arn:aws:events:eu-central-1:222222222222:event-bus/theirs');

  const found = template.findResources('AWS::Events::Rule', { Properties: { Description: DESCRIPTION } });
  expect(Object.keys(found)).toEqual([]);
});

/** Dimensions of its metrics in the alarm on lost events. */
function dimensionsOf(template: Template): unknown {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
  const metrics = alarms.flatMap(({ Properties }) => Properties.Metrics ?? []);
  const used = metrics.filter((one) => one.MetricStat?.Metric.Namespace === 'AWS/Events');
  const [first, ...others] = used.map((one) => one.MetricStat.Metric.Dimensions);
  expect(others).toEqual([first]);
  return first;
}
const partOfArn = (index: number) => ({
  'Fn::Select': [
    index,
    { 'Fn::Split': ['/', { 'Fn::GetAtt': [expect.stringMatching(/^TrackerBusProbeRule/), 'Arn'] }] },
  ],
});

it('is watched by the names of its bus and its own, which is behind the last slash of its ARN', () => {
  expect(dimensionsOf(templateWith('company'))).toEqual([
    { Name: 'EventBusName', Value: 'company' },
    { Name: 'RuleName', Value: partOfArn(2) },
  ]);
});

it('is watched by its name alone on the default bus, whose rules have no bus in their ARN', () => {
  expect(dimensionsOf(templateWith('default'))).toEqual([{ Name: 'RuleName', Value: partOfArn(1) }]);
});

it('is watched by no alarm where it is not made', () => {
  const template = templateWith('arn:aws:events:eu-central-1:222222222222:event-bus/theirs');

  expect(JSON.stringify(template.findResources('AWS::CloudWatch::Alarm'))).not.toContain('events-lost');
});
