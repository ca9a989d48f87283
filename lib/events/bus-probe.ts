/**
 * A rule without targets on the bus that final events go to: it makes a deployment fail where there is no such bus, and later its
 * metrics show whether events still arrive. EventBridge itself takes an event for a bus that does not exist, drops it, and reports
 * no failure (AWS docs, PutEvents).
 */
import { Fn } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { patternOfTracker, type TrackerEvents } from './tracker-events.ts';

export interface BusProbeProps extends TrackerEvents {
  /** Of this account and region. */
  readonly eventBus: IEventBus;
}

export class BusProbe extends Construct {
  readonly #dimensionsMap: Record<string, string>;

  constructor(scope: Construct, id: string, { eventBus, ...events }: BusProbeProps) {
    super(scope, id);
    const { ruleArn } = new Rule(this, 'Rule', {
      eventBus,
      description: 'Makes a deployment fail where the bus of final events does not exist; it needs no target',
      eventPattern: patternOfTracker(events),
    });
    const { eventBusName } = eventBus;
    // By its reference the name would be "bus|rule". The metrics of the default bus name no bus (AWS docs, Monitoring EventBridge).
    const afterSlash = (index: number) => Fn.select(index, Fn.split('/', ruleArn));
    this.#dimensionsMap =
      eventBusName === DEFAULT_BUS
        ? { RuleName: afterSlash(1) }
        : { EventBusName: eventBusName, RuleName: afterSlash(2) };
  }

  /** Final events that arrived on the bus. */
  metricMatchedEvents(options?: MetricOptions): Metric {
    return this.#metric('MatchedEvents', options);
  }

  /** How often a final event triggered the rule. */
  metricTriggeredRules(options?: MetricOptions): Metric {
    return this.#metric('TriggeredRules', options);
  }

  #metric(metricName: string, options?: MetricOptions): Metric {
    return new Metric({
      namespace: 'AWS/Events',
      metricName,
      dimensionsMap: this.#dimensionsMap,
      ...options,
    });
  }
}

const DEFAULT_BUS = 'default';
