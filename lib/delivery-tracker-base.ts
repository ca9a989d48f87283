/** What can be done with a tracker, whether it is made here or imported: grants, and rules on its final events. */
import { Stack } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus, IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { DETAIL_TYPES, type Outcome } from '../contract/event-names.ts';
import { detailTypesOf, type FinalStatus, patternFor } from '../contract/event-pattern.ts';
import type { MetricName } from '../contract/metrics.ts';
import { FAILURE_INDEX, RECIPIENT_INDEX } from '../contract/table-names.ts';
import { ConfigurationError } from './configuration/configuration-error.ts';
import { DeadLetterQueue } from './events/dead-letter-queue.ts';
import { FinalEventRule } from './events/final-event-rule.ts';
import { asRulePattern } from './events/tracker-events.ts';
import { trackerMetric } from './monitoring/tracker-metrics.ts';

/** What a rule on final events does. */
export interface OnFinalEventOptions {
  /** Where the events go. Each target is retried for a day, then the event is kept in the dead-letter queue. */
  readonly targets?: readonly IRuleTarget[];
  /**
   * Description of the rule.
   * @default - a sentence that names the event
   */
  readonly description?: string;
  /**
   * Where the rule is made. Give your own stack where the targets are in another stack than the tracker: the rule then
   * lives there, with a dead-letter queue beside it.
   * @default - the tracker
   */
  readonly scope?: Construct;
}

/** What a rule on deliveries that came to their end does, and which it hears of. */
export interface OnDeliveryCompleteOptions extends OnFinalEventOptions {
  /**
   * Only these statuses of Kore: `SUCCESS`, `PARTIAL_SUCCESS`, `FAILURE`.
   * @default - all
   */
  readonly statuses?: readonly FinalStatus[];
}

/** A tracker: made in this app, or imported. */
export interface IDeliveryTracker extends IConstruct {
  /** Lets a workload start trackings. */
  grantStartTracking(grantee: IGrantable): Grant;
  /** Lets a consumer read delivery logs and summaries, by notification, recipient, or bot and day. */
  grantReadLogs(grantee: IGrantable): Grant;
  /** Rule on deliveries that came to their end, well or not; filter by Kore's status. */
  onDeliveryComplete(id: string, options?: OnDeliveryCompleteOptions): Rule;
  /** Rule on deliveries that Kore still called in progress at the deadline. */
  onDeliveryTimedOut(id: string, options?: OnFinalEventOptions): Rule;
  /** Rule on trackings that could not learn how the delivery ended. */
  onTrackingFailed(id: string, options?: OnFinalEventOptions): Rule;
  /** A metric that the checks emit. */
  metric(name: MetricName, options?: MetricOptions): Metric;
}

/** What rules and grants are about. */
export interface TrackerParts {
  readonly trackerName: string;
  readonly table: ITable;
  readonly eventBus: IEventBus;
  readonly eventSource: string;
  readonly stateMachineArn: string;
  /** What the ARNs of the tracker's executions begin with. */
  readonly executionArnPrefix: string;
  /** @default - one beside each rule */
  readonly deadLetterQueue?: DeadLetterQueue;
}

export abstract class DeliveryTrackerBase extends Construct implements IDeliveryTracker {
  protected abstract readonly parts: TrackerParts;

  /** Lets a workload start trackings: `states:StartExecution` on the state machine, and nothing else. */
  grantStartTracking(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['states:StartExecution'],
      resourceArns: [this.parts.stateMachineArn],
    });
  }

  /** Lets a consumer read delivery logs and summaries: gets and queries on the table, queries on its indexes, no scan. */
  grantReadLogs(grantee: IGrantable): Grant {
    const { table } = this.parts;
    table.encryptionKey?.grantDecrypt(grantee);
    const indexes = [RECIPIENT_INDEX, FAILURE_INDEX].map((name) => `${table.tableArn}/index/${name}`);
    const query = Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:Query'],
      resourceArns: [table.tableArn, ...indexes],
    });
    // Indexes know no gets (AWS docs, Service Authorization Reference: DynamoDB).
    const get = Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
      resourceArns: [table.tableArn],
    });
    return query.combine(get);
  }

  /** Rule on deliveries that came to their end, well or not; filter by Kore's status. */
  onDeliveryComplete(id: string, options: OnDeliveryCompleteOptions = {}): Rule {
    const { statuses } = options;
    if (statuses?.length === 0) {
      throw new ConfigurationError(
        `the rule ${id} has no status to react to. Name some, or leave "statuses" out for all.`,
      );
    }
    return this.#onFinalEvent(id, 'complete', options, statuses);
  }

  /** Rule on deliveries that Kore still called in progress at the deadline. */
  onDeliveryTimedOut(id: string, options: OnFinalEventOptions = {}): Rule {
    return this.#onFinalEvent(id, 'timed-out', options);
  }

  /** Rule on trackings that could not learn how the delivery ended. */
  onTrackingFailed(id: string, options: OnFinalEventOptions = {}): Rule {
    return this.#onFinalEvent(id, 'failed', options);
  }

  /** A metric that the checks emit; by default its sum over five minutes, p95 of a lag, the most of a budget. */
  metric(name: MetricName, options?: MetricOptions): Metric {
    return trackerMetric(this.parts.trackerName, name, options);
  }

  /** Deliveries that came to their end, well or not: their sum over five minutes. */
  metricDeliveriesComplete(options?: MetricOptions): Metric {
    return this.metric('DeliveriesComplete', options);
  }

  /** Deliveries that Kore still called in progress at the deadline: their sum over five minutes. */
  metricDeliveriesTimedOut(options?: MetricOptions): Metric {
    return this.metric('DeliveriesTimedOut', options);
  }

  /** Trackings that could not learn how the delivery ended: their sum over five minutes. */
  metricTrackingsFailed(options?: MetricOptions): Metric {
    return this.metric('TrackingsFailed', options);
  }

  /** Seconds from the end of a delivery to the check that saw it: p95 over five minutes. */
  metricDetectionLag(options?: MetricOptions): Metric {
    return this.metric('DetectionLag', options);
  }

  /** Checks that a tracking took: their mean over five minutes. */
  metricChecksPerNotification(options?: MetricOptions): Metric {
    return this.metric('ChecksPerNotification', options);
  }

  /** Calls that Kore refused by its rate limit: their sum over five minutes. */
  metricRefusedCalls(options?: MetricOptions): Metric {
    return this.metric('RefusedCalls', options);
  }

  /** Percent of the busiest bot's hourly calls that are booked: the most in five minutes. */
  metricCallBudgetUsed(options?: MetricOptions): Metric {
    return this.metric('CallBudgetUsed', options);
  }

  #onFinalEvent(
    id: string,
    outcome: Outcome,
    options: OnFinalEventOptions,
    statuses?: readonly FinalStatus[],
  ): Rule {
    const { eventBus, eventSource, executionArnPrefix, deadLetterQueue } = this.parts;
    const detailTypes = detailTypesOf(DETAIL_TYPES, [outcome]);
    const pattern = { source: eventSource, detailTypes, idPrefixes: [executionArnPrefix], statuses };
    const { scope = this.#rules(), targets = [] } = options;
    const { description = `Events "${detailTypes.join()}"` } = options;
    const isElsewhere = Stack.of(scope) !== Stack.of(this);
    return new FinalEventRule(scope, id, {
      eventBus,
      eventPattern: asRulePattern(patternFor(pattern)),
      targets,
      description,
      // It has to be in the rule's region, and belongs to the rule's owner.
      deadLetterQueue:
        deadLetterQueue === undefined || isElsewhere
          ? new DeadLetterQueue(scope, `${id}DeadLetters`, { eventBus })
          : deadLetterQueue,
    });
  }

  /** A scope of their own, so that users' ids never meet the tracker's. */
  #rules(): Construct {
    return (this.node.tryFindChild('Rules') as Construct | undefined) ?? new Construct(this, 'Rules');
  }
}
