/** The CDK app: `npx cdk deploy`. What it can be told is in cdk.json. */
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { DeliveryTrackerStack } from '../lib/delivery-tracker-stack.ts';

const app = new App();
new DeliveryTrackerStack(app, 'DeliveryTracker');
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
