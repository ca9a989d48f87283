import * as cdk from 'aws-cdk-lib';
import * as tracking from 'notification-delivery-tracker';

const stack = new cdk.Stack(new cdk.App(), 'Campaigns');
const followUp = new cdk.aws_events_targets.SqsQueue(new cdk.aws_sqs.Queue(stack, 'FollowUp'));
for (const id of ['Adverts', 'Invoices']) {
  const tracker = new tracking.DeliveryTracker(stack, id);
  tracker.onTrackingFailed('Failed', { targets: [followUp] });
  tracker.grantStartTracking(new cdk.aws_iam.User(tracker, 'Workload'));
}
