import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { DeliveryTracker } from 'notification-delivery-tracker';

const FUNCTION_TIMEOUT = Duration.minutes(1);
/** Six times as long, so that Lambda can try again (AWS docs, Creating and configuring an Amazon SQS event source mapping). */
const VISIBILITY_TIMEOUT = Duration.minutes(6);

/** Campaigns that are tracked as a whole: an SMS for everyone whom Kore.ai did not reach, and a mail at the end. */
export class CampaignStack extends Stack {
  /** Events that a function failed on five times. Set an alarm on it. */
  readonly #notHandled: Queue;

  constructor(scope: Construct, id: string, { tracker }: { tracker: DeliveryTracker }) {
    super(scope, id);
    this.#notHandled = new Queue(this, 'NotHandled', {
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });

    // The workload: starts the campaign and its notifications.
    const startCampaign = this.#function('StartCampaign', 'start-campaign', {
      STATE_MACHINE_ARN: tracker.stateMachine.stateMachineArn,
      CAMPAIGN_STATE_MACHINE_ARN: tracker.campaignStateMachine.stateMachineArn,
    });
    tracker.grantStartTracking(startCampaign);
    tracker.grantStartCampaign(startCampaign);

    // The fallback, as soon as a failure is seen: reads who was not reached, because events hold no addresses.
    // First in, first out: such a queue drops what two events ask for at the same time.
    const sms = new Queue(this, 'Sms', { enforceSSL: true, fifo: true });
    const fellBack = new Table(this, 'FellBack', {
      partitionKey: { name: 'requestId', type: AttributeType.STRING },
      sortKey: { name: 'logId', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const fallBack = this.#function('FallBack', 'fall-back', {
      TABLE_NAME: tracker.table.tableName,
      FELL_BACK_TABLE_NAME: fellBack.tableName,
      SMS_QUEUE_URL: sms.queueUrl,
    });
    tracker.grantReadLogs(fallBack);
    fellBack.grantReadWriteData(fallBack);
    sms.grantSendMessages(fallBack);
    const notReached = this.#queueBefore(fallBack, 'NotReachedEvents');
    tracker.onRecipientsNotReached('NotReached', { scope: this, targets: [notReached] });
    // What could not be announced before the end: see "Announcements" in docs/events.md.
    tracker.onDeliveryComplete('NotAllReached', {
      scope: this,
      statuses: ['PARTIAL_SUCCESS', 'FAILURE'],
      targets: [notReached],
    });

    // One mail for each campaign, however it ended.
    const mails = new Queue(this, 'Mails', { enforceSSL: true });
    const sendMail = this.#function('SendMail', 'send-mail', { MAIL_QUEUE_URL: mails.queueUrl });
    mails.grantSendMessages(sendMail);
    const mail = { scope: this, targets: [this.#queueBefore(sendMail, 'CampaignEvents')] };
    tracker.onCampaignComplete('CampaignComplete', mail);
    tracker.onCampaignTimedOut('CampaignTimedOut', mail);
    tracker.onCampaignFailed('CampaignFailed', mail);

    // For people: notifications whose end is not known.
    const followUp = new Queue(this, 'FollowUp', { enforceSSL: true });
    const people = { scope: this, targets: [new SqsQueue(followUp)] };
    tracker.onDeliveryTimedOut('TimedOut', people).addTarget(notReached);
    tracker.onTrackingFailed('TrackingFailed', people).addTarget(notReached);

    new CfnOutput(this, 'StartCampaignFunction', { value: startCampaign.functionName });
    new CfnOutput(this, 'FollowUpQueueUrl', { value: followUp.queueUrl });
    new CfnOutput(this, 'SmsQueueUrl', { value: sms.queueUrl });
    new CfnOutput(this, 'MailQueueUrl', { value: mails.queueUrl });
  }

  /** A target that keeps each event until the function has handled it. Without it, Lambda discards an event after three failures. */
  #queueBefore(handler: NodejsFunction, id: string): SqsQueue {
    const queue = new Queue(this, id, {
      enforceSSL: true,
      visibilityTimeout: VISIBILITY_TIMEOUT,
      deadLetterQueue: { queue: this.#notHandled, maxReceiveCount: 5 },
    });
    // One event at a time: one that fails brings back no others.
    handler.addEventSource(new SqsEventSource(queue, { batchSize: 1 }));
    return new SqsQueue(queue);
  }

  #function(id: string, file: string, environment: Record<string, string>): NodejsFunction {
    return new NodejsFunction(this, id, {
      entry: `${import.meta.dirname}/${file}.ts`,
      runtime: Runtime.NODEJS_24_X,
      timeout: FUNCTION_TIMEOUT,
      bundling: { bundleAwsSDK: true },
      environment,
    });
  }
}
