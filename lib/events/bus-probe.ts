/**
 * A rule without targets on the bus that final events go to: it makes a deployment fail where there is no such bus. EventBridge
 * itself takes an event for one that does not exist, drops it, and reports no failure (AWS docs, PutEvents).
 */
import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { patternFor } from '../../contract/event-pattern.ts';

export interface BusProbeProps {
  /** Of this account and region. */
  readonly eventBus: IEventBus;
  readonly eventSource: string;
  /** What the ARNs of the tracker's executions begin with. */
  readonly executionArnPrefix: string;
}

export class BusProbe extends Construct {
  constructor(scope: Construct, id: string, props: BusProbeProps) {
    super(scope, id);
    const { eventBus, eventSource, executionArnPrefix } = props;
    const {
      source,
      'detail-type': detailType,
      detail,
    } = patternFor({ source: eventSource }, executionArnPrefix);
    new Rule(this, 'Rule', {
      eventBus,
      description: 'Makes a deployment fail where the bus of final events does not exist; it needs no target',
      eventPattern: { source, detailType, ...(detail && { detail }) },
    });
  }
}
