/**
 * A rule without targets on the bus that final events go to. It makes a deployment fail where there is no such bus, and counts what
 * arrives: EventBridge takes an event for a bus that does not exist, drops it, and reports no failure (AWS docs, PutEvents).
 */
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { patternFor } from './event-pattern.ts';

export interface FinalEventWatchProps {
  /** Of this account and region. */
  readonly eventBus: IEventBus;
  readonly eventSource: string;
  /** What the ARNs of the tracker's executions begin with. */
  readonly executionArnPrefix: string;
}

export class FinalEventWatch extends Construct {
  /** The final events that arrived on the bus. */
  readonly arrived: Metric;

  constructor(scope: Construct, id: string, props: FinalEventWatchProps) {
    super(scope, id);
    const { eventBus, eventSource, executionArnPrefix } = props;
    const {
      source,
      'detail-type': detailType,
      detail,
    } = patternFor({ source: eventSource }, executionArnPrefix);
    const rule = new Rule(this, 'Rule', {
      eventBus,
      description: 'Counts final events, so that a bus that is gone is noticed; it needs no target',
      eventPattern: { source, detailType, ...(detail && { detail }) },
    });
    this.arrived = new Metric({
      namespace: 'AWS/Events',
      metricName: 'MatchedEvents',
      // AWS docs, EventBridge metrics: both for a custom bus, the rule alone for the default one.
      dimensionsMap: {
        ...(eventBus.eventBusName !== 'default' && { EventBusName: eventBus.eventBusName }),
        RuleName: rule.ruleName,
      },
      statistic: Stats.SUM,
    });
  }
}
