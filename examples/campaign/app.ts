import { App } from 'aws-cdk-lib';
import { DeliveryTrackerStack } from '../../lib/index.ts';
import { CampaignStack } from './campaign-stack.ts';

const app = new App({ context: { 'tracker:announceFailures': true } });
const { tracker } = new DeliveryTrackerStack(app, 'DeliveryTracker');
new CampaignStack(app, 'Campaign', { tracker });
