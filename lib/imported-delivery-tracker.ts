/** A tracker of another stack, app or account, by what is known of it. */
import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import { type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { DEFAULT_EVENT_SOURCE } from '../contract/event-names.ts';
import { ConfigurationError } from './configuration/configuration-error.ts';
import { DeliveryTrackerBase, type StateMachineParts, type TrackerParts } from './delivery-tracker-base.ts';

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

export class ImportedDeliveryTracker extends DeliveryTrackerBase {
  readonly #attributes: DeliveryTrackerAttributes;

  constructor(scope: Construct, id: string, attributes: DeliveryTrackerAttributes) {
    super(scope, id);
    this.#attributes = attributes;
  }

  override grantStartTracking(grantee: IGrantable): Grant {
    return this.#grantRole(grantee) ?? super.grantStartTracking(grantee);
  }

  override grantStartCampaign(grantee: IGrantable): Grant {
    return this.#grantRole(grantee) ?? super.grantStartCampaign(grantee);
  }

  /** Nothing where the tracker is in the grantee's account. */
  #grantRole(grantee: IGrantable): Grant | undefined {
    const { starterRoleArn } = this.#attributes;
    if (starterRoleArn === undefined) return undefined;
    return Grant.addToPrincipal({ grantee, actions: ['sts:AssumeRole'], resourceArns: [starterRoleArn] });
  }

  protected get parts(): TrackerParts {
    const { stateMachineArn, eventSource = DEFAULT_EVENT_SOURCE } = this.#attributes;
    const bus = () => this.#eventBus();
    const table = () => this.#table();
    const trackerName = () => this.#known('trackerName', 'make metrics');
    const campaigns = () =>
      this.#partsOf(this.#known('campaignStateMachineArn', 'start campaigns or react to them'));
    return {
      eventSource,
      tracking: this.#partsOf(stateMachineArn),
      get campaigns() {
        return campaigns();
      },
      get trackerName() {
        return trackerName();
      },
      get eventBus() {
        return bus();
      },
      get table() {
        return table();
      },
    };
  }

  #partsOf(stateMachineArn: string): StateMachineParts {
    const { resource: _, ...arn } = Arn.split(stateMachineArn, ArnFormat.COLON_RESOURCE_NAME);
    const executions = Stack.of(this).formatArn({ ...arn, resource: 'execution' });
    return { stateMachineArn, executionArnPrefix: `${executions}:` };
  }

  #eventBus(): IEventBus {
    const arn = this.#known('eventBusArn', 'make rules');
    return this.#once('EventBus', (id) => EventBus.fromEventBusArn(this, id, arn));
  }

  #table(): ITable {
    const tableArn = this.#known('tableArn', 'let somebody read its logs');
    const { tableKeyArn } = this.#attributes;
    return this.#once('Table', (id) =>
      Table.fromTableAttributes(this, id, {
        tableArn,
        ...(tableKeyArn !== undefined && { encryptionKey: Key.fromKeyArn(this, 'TableKey', tableKeyArn) }),
      }),
    );
  }

  #known(
    attribute: 'eventBusArn' | 'tableArn' | 'trackerName' | 'campaignStateMachineArn',
    purpose: string,
  ): string {
    const value = this.#attributes[attribute];
    if (value !== undefined) return value;
    throw new ConfigurationError(
      `the imported tracker "${this.node.id}" has no ${attribute}. Give it, to ${purpose}.`,
    );
  }

  #once<T>(id: string, make: (id: string) => T): T {
    return (this.node.tryFindChild(id) as T | undefined) ?? make(id);
  }
}
