/** What a consumer in another account has: the tracker, imported, and a rule on its bus whose target is a queue. */
import { CfnOutput } from 'aws-cdk-lib';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DeliveryTracker } from '../../lib/delivery-tracker.ts';
import { templateOf } from './small-templates.ts';

export function secondAccountTemplate(
  env: { readonly account: string; readonly region: string },
  { stateMachineArn, eventBusArn }: { readonly stateMachineArn: string; readonly eventBusArn: string },
): unknown {
  return templateOf((stack) => {
    const attributes = { stateMachineArn, eventBusArn };
    const tracker = DeliveryTracker.fromDeliveryTrackerAttributes(stack, 'Tracker', attributes);
    const queue = new Queue(stack, 'Events', { enforceSSL: true });
    tracker.onDeliveryComplete('Complete', { targets: [new SqsQueue(queue)] });
    new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
  }, env);
}
