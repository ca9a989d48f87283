import { App, aws_events_targets, aws_iam, aws_sqs, Stack } from 'aws-cdk-lib';
import { DeliveryTracker } from 'notification-delivery-tracker';

const stack = new Stack(new App(), 'Campaigns');
const followUp = new aws_events_targets.SqsQueue(new aws_sqs.Queue(stack, 'FollowUp'));
for (const tracker of [new DeliveryTracker(stack, 'Adverts'), new DeliveryTracker(stack, 'Invoices')]) {
  tracker.onTrackingFailed('Failed', { targets: [followUp] });
  tracker.grantStartTracking(new aws_iam.User(tracker, 'Workload'));
}
