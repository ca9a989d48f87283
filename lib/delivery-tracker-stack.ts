/** The deployable stack: one tracker, whose outputs have plain names. */
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { propsFromContext } from './configuration/context.ts';
import type { DeliveryTrackerProps } from './configuration/delivery-tracker-props.ts';
import { DeliveryTracker } from './delivery-tracker.ts';
import { nameOutputsPlainly } from './tracker-outputs.ts';

/** What a `DeliveryTrackerStack` can be told, beside what every stack can. */
export interface DeliveryTrackerStackProps extends StackProps {
  /**
   * Props of its tracker.
   * @default - from the CDK context, see cdk.json
   */
  readonly tracker?: DeliveryTrackerProps;
}

/** A stack with one tracker, and the outputs that its users need. */
export class DeliveryTrackerStack extends Stack {
  /** The tracker. */
  readonly tracker: DeliveryTracker;

  constructor(scope: Construct, id: string, { tracker, ...props }: DeliveryTrackerStackProps = {}) {
    super(scope, id, { description: 'Tracks Kore.ai notifications to their end', ...props });
    this.tracker = new DeliveryTracker(this, 'Tracker', tracker ?? propsFromContext(this));
    nameOutputsPlainly(this.tracker);
  }
}
