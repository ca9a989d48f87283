/**
 * Rules on a tracker's events. What a target does not accept is retried for a day, then kept in the dead-letter queue. A function
 * has accepted an event before it runs: Lambda discards one on which it then fails three times (AWS docs, How Lambda handles errors
 * and retries with asynchronous invocation).
 */
import { Duration } from 'aws-cdk-lib';
import {
  type CfnRule,
  type EventPattern,
  type IEventBus,
  type IRuleTarget,
  Rule,
  type RuleTargetConfig,
} from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { isForeign } from './foreign-bus.ts';

export interface FinalEventRuleProps {
  readonly eventBus: IEventBus;
  readonly eventPattern: EventPattern;
  readonly targets: readonly IRuleTarget[];
  readonly description: string;
  readonly deadLetterQueue: DeadLetterQueue;
}

export class FinalEventRule extends Rule {
  readonly #deadLetterQueue: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: FinalEventRuleProps) {
    const { eventBus, eventPattern, description, deadLetterQueue, targets } = props;
    super(scope, id, { eventBus, eventPattern, description });
    // By its name it would be the bus of that name in this account.
    if (isForeign(eventBus, this)) (this.node.defaultChild as CfnRule).eventBusName = eventBus.eventBusArn;
    this.#deadLetterQueue = deadLetterQueue;
    for (const target of targets) this.addTarget(target);
  }

  /** A target's own retry policy and dead-letter queue, where it has them, stay as they are. */
  override addTarget(target?: IRuleTarget): void {
    if (target === undefined) return;
    super.addTarget({ bind: (rule, id) => this.#secured(target.bind(rule, id)) });
  }

  #secured(config: RuleTargetConfig): RuleTargetConfig {
    return {
      ...config,
      retryPolicy: config.retryPolicy ?? RETRY_POLICY,
      deadLetterConfig: config.deadLetterConfig ?? { arn: this.#deadLetterQueue.queueArn },
    };
  }
}

/** EventBridge's own limits (AWS docs, Event retry policy), said aloud. */
const RETRY_POLICY = { maximumEventAgeInSeconds: Duration.days(1).toSeconds(), maximumRetryAttempts: 185 };
