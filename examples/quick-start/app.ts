import { App, Stack } from 'aws-cdk-lib';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DeliveryTracker } from 'notification-delivery-tracker';

export const stack = new Stack(new App(), 'Notifications');
const tracker = new DeliveryTracker(stack, 'Tracker');

// Recipients who were not reached are followed up.
const followUp = new Queue(stack, 'FollowUp', { enforceSSL: true });
tracker.onDeliveryComplete('NotAllReached', {
  statuses: ['PARTIAL_SUCCESS', 'FAILURE'],
  targets: [new SqsQueue(followUp)],
});
