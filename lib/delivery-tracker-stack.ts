/** The deployable stack: one tracker, whose outputs have plain names. */
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DELIVERY_TRACKER_PROPS } from './configuration/checks/delivery-tracker-checks.ts';
import { nearestTo } from './configuration/checks/nearest-to.ts';
import { ConfigurationError } from './configuration/configuration-error.ts';
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
    refuseMisplacedProps(props);
    super(scope, id, { description: 'Tracks Kore.ai notifications to their end', ...props });
    this.tracker = new DeliveryTracker(this, 'Tracker', tracker ?? propsFromContext(this));
    nameOutputsPlainly(this.tracker);
  }
}

/** JavaScript lets them through, and the stack would have a tracker with none of them. */
function refuseMisplacedProps(props: object): void {
  for (const [prop, value] of Object.entries(props)) {
    if (value === undefined) continue;
    if (Object.hasOwn(DELIVERY_TRACKER_PROPS, prop)) {
      throw new ConfigurationError(
        `${prop} is a prop of the tracker, not of the stack. Write tracker: { ${prop}: … }.`,
      );
    }
    const meant = nearestTo(prop, ['tracker', ...Object.keys(DELIVERY_TRACKER_PROPS)], ALMOST_SURE);
    if (meant === undefined) continue;
    const instead = meant === 'tracker' ? meant : `tracker: { ${meant}: … }`;
    throw new ConfigurationError(`${prop} does not exist. Write ${instead}, or leave it out.`);
  }
}

/** The CDK's own props are not known here, since a later release of it has others. */
const ALMOST_SURE = 0.65;
