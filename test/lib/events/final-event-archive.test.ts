/** The archive of final events: none unless it is asked for, and then of this tracker's events alone. */
import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { expect, it } from 'vitest';
import { ConfigurationError } from '../../../lib/configuration/configuration-error.ts';
import type { DeliveryTrackerProps } from '../../../lib/configuration/delivery-tracker-props.ts';
import { DeliveryTracker } from '../../../lib/delivery-tracker.ts';

const ENV = { account: '111111111111', region: 'eu-central-1' };

function templateWith(props: (stack: Stack) => DeliveryTrackerProps): Template {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  new DeliveryTracker(stack, 'Tracker', props(stack));
  return Template.fromStack(stack);
}

/** What the construct says of props that cannot work. */
function refusalOf(props: (stack: Stack) => DeliveryTrackerProps): { code: string; message: string } {
  try {
    templateWith(props);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the props were accepted');
}

it('is not made by default', () => {
  templateWith(() => ({})).resourceCountIs('AWS::Events::Archive', 0);
});

it("keeps this tracker's events for so many days, by the pattern of the probe", () => {
  const template = templateWith(() => ({ eventArchive: Duration.days(14) }));

  const [archive] = Object.values(template.findResources('AWS::Events::Archive'));
  const [probe] = Object.values(template.findResources('AWS::Events::Rule')).filter(
    ({ Properties }) => Properties.Targets === undefined,
  );
  expect(archive?.Properties).toMatchObject({
    RetentionDays: 14,
    SourceArn: { 'Fn::GetAtt': [expect.stringMatching(/^TrackerEvents/), 'Arn'] },
    EventPattern: probe?.Properties.EventPattern,
  });
  expect(archive?.Properties).not.toHaveProperty('ArchiveName');
});

it('comes with no function, no role and no policy', () => {
  const types = (template: Template) =>
    Object.values<{ Type: string }>(template.toJSON().Resources).map(({ Type }) => Type);

  const added = types(templateWith(() => ({ eventArchive: Duration.days(14) })));
  for (const type of types(templateWith(() => ({})))) added.splice(added.indexOf(type), 1);

  expect(added).toEqual(['AWS::Events::Archive']);
});

it('is kept of a bus of yours', () => {
  const template = templateWith((stack) => ({
    eventBus: EventBus.fromEventBusName(stack, 'Bus', 'company'),
    eventArchive: Duration.days(1),
  }));

  const [archive] = Object.values(template.findResources('AWS::Events::Archive'));
  expect(JSON.stringify(archive?.Properties.SourceArn)).toContain(':event-bus/company');
});

it.each(['eu-central-1:222222222222', 'us-east-1:111111111111'])('is refused on a bus of %s', (place) => {
  const { code, message } = refusalOf((stack) => ({
    eventBus: EventBus.fromEventBusArn(stack, 'Bus', `arn:aws:events:${place}:event-bus/theirs`),
    eventArchive: Duration.days(14),
  }));

  expect(code).toBe('INVALID_CONFIGURATION');
  expect(message).toMatch(/^eventArchive needs a bus of the account and region of the tracker/);
});

it.each([
  ['less than a day', Duration.hours(12), /^eventArchive must be whole days from 1; it is 12 hours\.$/],
  ['no time', Duration.days(0), /^eventArchive must be whole days from 1; it is 0 days\.$/],
  ['a token', Duration.days(Lazy.number({ produce: () => 3 })), /^eventArchive must be known at synth/],
])('is refused for %s, which EventBridge would take for something else', (_, eventArchive, sentence) => {
  expect(refusalOf(() => ({ eventArchive })).message).toMatch(sentence);
});
