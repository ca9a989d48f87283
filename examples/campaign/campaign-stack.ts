import { CfnOutput, Stack } from 'aws-cdk-lib';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeliveryTracker } from '../../lib/index.ts';

/** A campaign that has its notifications tracked, and falls back to SMS where Kore.ai did not reach everybody. */
export class CampaignStack extends Stack {
  constructor(scope: Construct, id: string, { tracker }: { tracker: DeliveryTracker }) {
    super(scope, id);
    const runtime = Runtime.NODEJS_24_X;
    const bundling = { bundleAwsSDK: true };

    // The workload: starts trackings.
    const startTracking = new NodejsFunction(this, 'StartTracking', {
      entry: `${import.meta.dirname}/start-tracking.ts`,
      runtime,
      bundling,
      environment: { STATE_MACHINE_ARN: tracker.stateMachine.stateMachineArn },
    });
    tracker.grantStartTracking(startTracking);

    // The fallback: reads who was not reached, because events hold no addresses.
    const sms = new Queue(this, 'Sms', { enforceSSL: true });
    const fallBack = new NodejsFunction(this, 'FallBack', {
      entry: `${import.meta.dirname}/fall-back.ts`,
      runtime,
      bundling,
      environment: { TABLE_NAME: tracker.table.tableName, SMS_QUEUE_URL: sms.queueUrl },
    });
    tracker.grantReadLogs(fallBack);
    sms.grantSendMessages(fallBack);

    // The rules: whatever did not fully succeed, into a queue for people and to the fallback.
    const followUp = new Queue(this, 'FollowUp', { enforceSSL: true });
    const targets = [new SqsQueue(followUp), new LambdaFunction(fallBack)];
    tracker.onDeliveryComplete('NotAllReached', {
      scope: this,
      statuses: ['PARTIAL_SUCCESS', 'FAILURE'],
      targets,
    });
    tracker.onDeliveryTimedOut('TimedOut', { scope: this, targets });
    tracker.onTrackingFailed('TrackingFailed', { scope: this, targets });

    new CfnOutput(this, 'StartTrackingFunction', { value: startTracking.functionName });
    new CfnOutput(this, 'FollowUpQueueUrl', { value: followUp.queueUrl });
    new CfnOutput(this, 'SmsQueueUrl', { value: sms.queueUrl });
  }
}
