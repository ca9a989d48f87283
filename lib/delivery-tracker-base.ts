/** What can be done with a tracker, whether it is made here or imported: grants, and rules on its events. */
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Rule } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  CAMPAIGN_DETAIL_TYPES,
  DETAIL_TYPES,
  NOT_REACHED_DETAIL_TYPE,
} from '../contract/event/event-names.ts';
import type { FinalStatus } from '../contract/event/event-pattern.ts';
import type { MetricName } from '../contract/metrics.ts';
import { CAMPAIGN_INDEX, FAILURE_INDEX, RECIPIENT_INDEX } from '../contract/table-names.ts';
import { grantable, metricOptions } from './configuration/checks/of-cdk.ts';
import {
  metricName,
  onDeliveryCompleteOptions,
  onFinalEventOptions,
} from './configuration/checks/tracker-checks.ts';
import { ConfigurationError } from './configuration/configuration-error.ts';
import type { IDeliveryTracker, OnDeliveryCompleteOptions } from './delivery-tracker-interface.ts';
import { type OnFinalEventOptions, type RuledBus, trackerRule } from './events/tracker-rules.ts';
import { trackerMetric } from './monitoring/tracker-metrics.ts';

/** What rules and grants are about. */
export interface TrackerParts extends RuledBus {
  readonly trackerName: string;
  readonly table: ITable;
  readonly tracking: StateMachineParts;
  readonly campaigns: StateMachineParts;
  /** Unknown of a tracker that is imported. */
  readonly announcesFailures?: boolean;
}

export interface StateMachineParts {
  readonly stateMachineArn: string;
  /** What the ARNs of its executions begin with. */
  readonly executionArnPrefix: string;
}

export abstract class DeliveryTrackerBase extends Construct implements IDeliveryTracker {
  protected abstract readonly parts: TrackerParts;

  /** Lets a workload start trackings of notifications: `states:StartExecution` on the state machine, and nothing else. */
  grantStartTracking(grantee: IGrantable): Grant {
    grantable('grantee', grantee);
    const { stateMachineArn } = this.parts.tracking;
    const actions = ['states:StartExecution'];
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [stateMachineArn] });
  }

  /**
   * Lets a workload start trackings of campaigns: `states:StartExecution` on their state machine, and `states:DescribeExecution` on its
   * executions, which says whether a second start is the same campaign.
   */
  grantStartCampaign(grantee: IGrantable): Grant {
    grantable('grantee', grantee);
    const { stateMachineArn, executionArnPrefix } = this.parts.campaigns;
    return Grant.addToPrincipal({
      grantee,
      actions: ['states:StartExecution'],
      resourceArns: [stateMachineArn],
    }).combine(
      Grant.addToPrincipal({
        grantee,
        actions: ['states:DescribeExecution'],
        resourceArns: [`${executionArnPrefix}*`],
      }),
    );
  }

  /** Lets a consumer read delivery logs and summaries: gets and queries on the table, queries on its indexes, no scan. */
  grantReadLogs(grantee: IGrantable): Grant {
    grantable('grantee', grantee);
    const { table } = this.parts;
    table.encryptionKey?.grantDecrypt(grantee);
    const indexes = [RECIPIENT_INDEX, FAILURE_INDEX, CAMPAIGN_INDEX].map(
      (name) => `${table.tableArn}/index/${name}`,
    );
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
    onDeliveryCompleteOptions('options', options);
    const { statuses, ...others } = options;
    if (statuses?.length === 0) {
      throw new ConfigurationError(
        `the rule ${id} has no status to react to. Name some, or leave "statuses" out for all.`,
      );
    }
    return this.#rule(id, 'tracking', DETAIL_TYPES.complete, others, statuses);
  }

  /** Rule on deliveries that Kore still called in progress at the deadline. */
  onDeliveryTimedOut(id: string, options: OnFinalEventOptions = {}): Rule {
    return this.#rule(id, 'tracking', DETAIL_TYPES['timed-out'], options);
  }

  /** Rule on trackings that could not learn how the delivery ended. */
  onTrackingFailed(id: string, options: OnFinalEventOptions = {}): Rule {
    return this.#rule(id, 'tracking', DETAIL_TYPES.failed, options);
  }

  /**
   * Rule on failures that are announced while the delivery goes on; the tracker sends such events only with `announceFailures`. Read the
   * rows by the keys in the event. What turns to success later is told by the final event alone.
   */
  onRecipientsNotReached(id: string, options: OnFinalEventOptions = {}): Rule {
    if (this.parts.announcesFailures === false) {
      throw new ConfigurationError(
        `the rule ${id} would never hear of anything: the tracker announces no failures. Set announceFailures to true.`,
      );
    }
    return this.#rule(id, 'tracking', NOT_REACHED_DETAIL_TYPE, options);
  }

  /** Rule on campaigns of which as many notifications ended as were announced, well or not. */
  onCampaignComplete(id: string, options: OnFinalEventOptions = {}): Rule {
    return this.#rule(id, 'campaigns', CAMPAIGN_DETAIL_TYPES.complete, options);
  }

  /**
   * Rule on campaigns of which fewer notifications had ended than were announced, an hour after the deadline, or at twice the deadline
   * if the deadline is shorter than an hour.
   */
  onCampaignTimedOut(id: string, options: OnFinalEventOptions = {}): Rule {
    return this.#rule(id, 'campaigns', CAMPAIGN_DETAIL_TYPES['timed-out'], options);
  }

  /** Rule on campaigns that could not be followed; their notifications are tracked all the same. */
  onCampaignFailed(id: string, options: OnFinalEventOptions = {}): Rule {
    return this.#rule(id, 'campaigns', CAMPAIGN_DETAIL_TYPES.failed, options);
  }

  /** A metric that the checks emit; by default its sum over five minutes, p95 of a lag, the most of a budget. */
  metric(name: MetricName, options: MetricOptions = {}): Metric {
    metricName('name', name);
    metricOptions('options', options);
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

  #rule(
    id: string,
    of: 'tracking' | 'campaigns',
    detailType: string,
    options: OnFinalEventOptions,
    statuses?: readonly FinalStatus[],
  ): Rule {
    onFinalEventOptions('options', options);
    const { parts } = this;
    const matched = {
      detailTypes: [detailType],
      idPrefixes: [parts[of].executionArnPrefix],
      ...(statuses && { statuses }),
    };
    return trackerRule(this, id, parts, matched, options);
  }
}
