/** What a tracker of another stack, app or account is known by. */
import { filledText } from './configuration/checks/check.ts';
import { arn } from './configuration/checks/of-cdk.ts';
import { shape } from './configuration/checks/shape.ts';

/** What is known of a tracker that is made elsewhere. Leave out what you do not use. */
export interface DeliveryTrackerAttributes {
  /** ARN of its state machine. */
  readonly stateMachineArn: string;
  /**
   * ARN of its campaign state machine, to start them and for rules on their ends.
   * @default - campaigns cannot be started, and there are no rules on them
   */
  readonly campaignStateMachineArn?: string;
  /**
   * Its name, for metrics: `tracker.trackerName`.
   * @default - metrics cannot be made
   */
  readonly trackerName?: string;
  /**
   * ARN of its event bus, for rules.
   * @default - no rules can be made
   */
  readonly eventBusArn?: string;
  /**
   * `source` of its events.
   * @default 'notification-delivery-tracker'
   */
  readonly eventSource?: string;
  /**
   * ARN of its delivery log table, for `grantReadLogs`.
   * @default - reading logs cannot be granted
   */
  readonly tableArn?: string;
  /**
   * ARN of the table's key, where it has one of its own.
   * @default - AWS's key
   */
  readonly tableKeyArn?: string;
  /**
   * ARN of the role that starters of other accounts assume, as `shareWith` made it: `grantStartTracking` and
   * `grantStartCampaign` then let the grantee assume it, since a state machine has no resource policy.
   * @default - the tracker is in the grantee's account
   */
  readonly starterRoleArn?: string;
}

const PLACE = 'eu-central-1:111122223333';
const stateMachineArn = arn('states', `${PLACE}:stateMachine:NAME`);

export const deliveryTrackerAttributes = shape<DeliveryTrackerAttributes>({
  stateMachineArn,
  campaignStateMachineArn: stateMachineArn,
  trackerName: filledText,
  eventBusArn: arn('events', `${PLACE}:event-bus/NAME`),
  eventSource: filledText,
  tableArn: arn('dynamodb', `${PLACE}:table/NAME`),
  tableKeyArn: arn('kms', `${PLACE}:key/ID`),
  starterRoleArn: arn('iam', ':111122223333:role/NAME'),
});
