/** A tracker of another stack, app or account, by what is known of it. */
import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import { type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { DEFAULT_EVENT_SOURCE } from '../contract/event/event-names.ts';
import { grantable } from './configuration/checks/of-cdk.ts';
import { ConfigurationError } from './configuration/configuration-error.ts';
import { type DeliveryTrackerAttributes, deliveryTrackerAttributes } from './delivery-tracker-attributes.ts';
import { DeliveryTrackerBase, type StateMachineParts, type TrackerParts } from './delivery-tracker-base.ts';

export class ImportedDeliveryTracker extends DeliveryTrackerBase {
  readonly #attributes: DeliveryTrackerAttributes;

  constructor(scope: Construct, id: string, attributes: DeliveryTrackerAttributes) {
    super(scope, id);
    deliveryTrackerAttributes('attributes', attributes);
    this.#attributes = attributes;
    this.#known('stateMachineArn', 'start trackings or react to them');
  }

  override grantStartTracking(grantee: IGrantable): Grant {
    return this.#grantRole(grantee) ?? super.grantStartTracking(grantee);
  }

  override grantStartCampaign(grantee: IGrantable): Grant {
    return this.#grantRole(grantee) ?? super.grantStartCampaign(grantee);
  }

  /** Nothing where the tracker is in the grantee's account. */
  #grantRole(grantee: IGrantable): Grant | undefined {
    grantable('grantee', grantee);
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
    attribute: 'stateMachineArn' | 'eventBusArn' | 'tableArn' | 'trackerName' | 'campaignStateMachineArn',
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
