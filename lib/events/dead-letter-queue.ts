/** Where events stay that no target took: two weeks, encrypted, over TLS only. */
import { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { type AddToResourcePolicyResult, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { isForeign } from './foreign-bus.ts';

export class DeadLetterQueue extends Queue {
  #allowed: AddToResourcePolicyResult;

  constructor(scope: Construct, id: string, { eventBus }: { eventBus: IEventBus }) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this, 'AwsSolutions-SQS3', 'This is the dead-letter queue of rules');
    // One for all of them: a policy takes 20 statements (AWS docs, Amazon SQS policy quotas).
    this.#allowed = this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'DeadLettersOfRules',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queueArn],
        conditions: { ArnLike: { 'aws:SourceArn': this.#rulesOn(eventBus) } },
      }),
    );
  }

  /** The statement that a CDK target adds for each rule whose dead-letter queue this is says nothing new. */
  override addToResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult {
    return statement.sid?.startsWith('AllowEventRule') ? this.#allowed : super.addToResourcePolicy(statement);
  }

  /** Those of this account and region, and those on a bus of another, whose ARNs name that one's account. */
  #rulesOn(eventBus: IEventBus): string[] {
    const { stack } = this;
    const rules = { service: 'events', resource: 'rule' };
    const own = stack.formatArn({ ...rules, resourceName: '*' });
    if (!isForeign(eventBus, this)) return [own];
    const { account, region } = eventBus.env;
    const resourceName = `${eventBus.eventBusName}/*`;
    return [own, stack.formatArn({ ...rules, account, region, resourceName })];
  }
}
