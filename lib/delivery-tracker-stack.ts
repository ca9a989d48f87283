/** The deployable stack: one tracker, and the outputs that its users need. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DELIVERY_TRACKER_PROPS } from './configuration/checks/delivery-tracker-checks.ts';
import { ConfigurationError } from './configuration/configuration-error.ts';
import { propsFromContext } from './configuration/context.ts';
import type { DeliveryTrackerProps } from './configuration/delivery-tracker-props.ts';
import { DeliveryTracker } from './delivery-tracker.ts';

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
    refuseTrackerProps(props);
    super(scope, id, { description: 'Tracks Kore.ai notifications to their end', ...props });
    this.tracker = new DeliveryTracker(this, 'Tracker', tracker ?? propsFromContext(this));
    const { stateMachine, campaignStateMachine, table, eventBus, secret } = this.tracker;
    this.#output(
      'StateMachineArn',
      stateMachine.stateMachineArn,
      'Start an execution of this to track a notification',
    );
    this.#output(
      'CampaignStateMachineArn',
      campaignStateMachine.stateMachineArn,
      'Start an execution of this to track a campaign',
    );
    this.#output('TableName', table.tableName, 'Delivery logs and summaries');
    this.#output('EventBusName', eventBus.eventBusName, 'Final events');
    this.#output('SecretArn', secret.secretArn, 'Put the credentials of the app in Kore.ai here');
  }

  #output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}

/** JavaScript lets them through, and the stack would have a tracker with none of them. */
function refuseTrackerProps(props: object): void {
  for (const [prop, value] of Object.entries(props)) {
    if (value === undefined || !Object.hasOwn(DELIVERY_TRACKER_PROPS, prop)) continue;
    throw new ConfigurationError(
      `${prop} is a prop of the tracker, not of the stack. Write tracker: { ${prop}: … }.`,
    );
  }
}
