import { App } from 'aws-cdk-lib';
import { DeliveryTrackerStack } from 'notification-delivery-tracker';
import { CampaignStack } from './campaign-stack.ts';

// In the context, so that `cdk deploy -c tracker:host=…` can still add to it: a stack with props of the tracker reads no context.
// In your own app: new DeliveryTrackerStack(app, 'DeliveryTracker', { tracker: { announceFailures: true } }).
const app = new App({ context: { 'tracker:announceFailures': true } });
const { tracker } = new DeliveryTrackerStack(app, 'DeliveryTracker');
new CampaignStack(app, 'Campaign', { tracker });
