/** Tracks Kore.ai notifications to their end: the construct that an app adds. */
import { RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import type { ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import {
  EventBus,
  type EventPattern,
  type IEventBus,
  type IRuleTarget,
  type Rule,
} from 'aws-cdk-lib/aws-events';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { PLACEHOLDER } from '../lambdas/check-delivery/credentials.ts';
import { acknowledge } from './acknowledge.ts';
import { CallBudgetTable } from './call-budget-table.ts';
import { CheckDeliveryFunction } from './check-delivery-function.ts';
import { DETAIL_TYPES, type Outcome } from './contract.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { DeliveryLogTable } from './delivery-log-table.ts';
import type { DeliveryTrackerProps } from './delivery-tracker-props.ts';
import { FinalEventRule } from './final-event-rule.ts';
import { InterruptedTrackings } from './interrupted-trackings.ts';
import { ConfigurationError, settingsFrom, type TrackerSettings } from './settings.ts';
import { trackerStateMachine } from './state-machine.ts';
import { trackingWorkflow } from './workflow.ts';

/** What a rule on final events does. */
export interface OnFinalEventOptions {
  /** Where the events go. Each target is retried for a day, then the event is kept in the dead-letter queue. */
  readonly targets?: readonly IRuleTarget[];
  /** @default - a sentence that names the event */
  readonly description?: string;
  /**
   * Where the rule is made. Give your own stack where the targets are in another stack than the tracker: the rule then
   * lives there, with a dead-letter queue beside it.
   * @default - the tracker
   */
  readonly scope?: Construct;
}

export interface OnDeliveryCompleteOptions extends OnFinalEventOptions {
  /**
   * Only these statuses of Kore: `SUCCESS`, `PARTIAL_SUCCESS`, `FAILURE`.
   * @default - all
   */
  readonly statuses?: readonly ('SUCCESS' | 'PARTIAL_SUCCESS' | 'FAILURE')[];
}

export class DeliveryTracker extends Construct {
  /** Start an execution with `{requestId, streamId?, recipients?, correlationId?}`, named by the request id. */
  readonly stateMachine: StateMachine;
  /** Delivery logs by `requestId` and `logId`; the summary of a tracking under `#summary`. */
  readonly table: Table;
  /** What is booked of each bot's calls; give it to other trackers of the same bot. */
  readonly callBudgetTable: ITable;
  /** Where the final events go. */
  readonly eventBus: IEventBus;
  /** The app's credentials in Kore.ai. */
  readonly secret: ISecret;
  /** One look at one notification. */
  readonly checkFunction: LambdaFunction;
  /** Final events that no target took. */
  readonly deadLetterQueue: IQueue;

  readonly #settings: TrackerSettings;
  /** A scope of their own, so that users' ids never meet the tracker's. */
  readonly #rules: Construct;

  /** @throws ConfigurationError naming the prop, its value and what to do. */
  constructor(scope: Construct, id: string, props: DeliveryTrackerProps = {}) {
    super(scope, id);
    const settings = settingsFrom(props);
    const {
      removalPolicy = RemovalPolicy.RETAIN,
      logRetention = RetentionDays.THREE_MONTHS,
      encryptionKey,
    } = props;
    const kept = { logRetention, removalPolicy };
    this.#settings = settings;

    this.table = new DeliveryLogTable(this, 'DeliveryLog', { removalPolicy, encryptionKey });
    this.callBudgetTable = props.callBudgetTable ?? new CallBudgetTable(this, 'CallBudget');
    this.secret = props.secret ?? this.#newSecret(props);
    this.eventBus = props.eventBus ?? new EventBus(this, 'Events');
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters');

    const { table, secret, eventBus } = this;
    this.checkFunction = new CheckDeliveryFunction(this, 'CheckDelivery', {
      settings,
      table,
      budgetTable: this.callBudgetTable,
      secret,
      ...kept,
    }).function;
    const { eventSource, schedule } = settings;
    this.stateMachine = trackerStateMachine(this, 'Tracking', {
      comment: 'Follows one Kore.ai notification until its delivery is final',
      definition: trackingWorkflow(new Construct(this, 'Workflow'), {
        check: this.checkFunction,
        eventBus,
        eventSource,
        firstCheckSeconds: schedule.firstCheckSeconds,
      }),
      invokes: [this.checkFunction],
      publishesTo: eventBus,
      ...kept,
    });
    this.#rules = new Construct(this, 'Rules');
    new InterruptedTrackings(this, 'Interrupted', {
      stateMachine: this.stateMachine,
      eventBus,
      eventSource,
      deadLetterQueue: this.deadLetterQueue,
      ...kept,
    });
  }

  /** Lets a workload start trackings: `states:StartExecution` on the state machine, and nothing else. */
  grantStartTracking(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['states:StartExecution'],
      resourceArns: [this.stateMachine.stateMachineArn],
    });
  }

  /** Rule on deliveries that came to their end, well or not; filter by Kore's status. */
  onDeliveryComplete(id: string, options: OnDeliveryCompleteOptions = {}): Rule {
    const { statuses } = options;
    if (statuses?.length === 0) {
      throw new ConfigurationError(
        `the rule ${id} has no status to react to. Name some, or leave "statuses" out for all.`,
      );
    }
    return this.#onFinalEvent(id, 'complete', options, statuses && { data: { status: [...statuses] } });
  }

  /** Rule on deliveries that Kore still called in progress at the deadline. */
  onDeliveryTimedOut(id: string, options: OnFinalEventOptions = {}): Rule {
    return this.#onFinalEvent(id, 'timed-out', options);
  }

  /** Rule on trackings that could not learn how the delivery ended. */
  onTrackingFailed(id: string, options: OnFinalEventOptions = {}): Rule {
    return this.#onFinalEvent(id, 'failed', options);
  }

  #onFinalEvent(
    id: string,
    outcome: Outcome,
    options: OnFinalEventOptions,
    detail?: EventPattern['detail'],
  ): Rule {
    const detailType = DETAIL_TYPES[outcome];
    const { scope = this.#rules, targets = [], description = `Events "${detailType}"` } = options;
    const isElsewhere = Stack.of(scope) !== Stack.of(this);
    return new FinalEventRule(scope, id, {
      eventBus: this.eventBus,
      eventPattern: {
        source: [this.#settings.eventSource],
        detailType: [detailType],
        ...(detail && { detail }),
      },
      targets,
      description,
      // The policy of a queue names its rules, and two stacks cannot name each other.
      deadLetterQueue: isElsewhere ? new DeadLetterQueue(scope, `${id}DeadLetters`) : this.deadLetterQueue,
    });
  }

  #newSecret({ encryptionKey, removalPolicy = RemovalPolicy.RETAIN }: DeliveryTrackerProps): Secret {
    const placeholder = JSON.stringify({ clientId: PLACEHOLDER, clientSecret: PLACEHOLDER });
    const secret = new Secret(this, 'Credentials', {
      description: 'Credentials of the app in Kore.ai: clientId, and clientSecret or privateKey',
      // Constant, so that no deployment touches the value that the operator put in its place.
      secretStringValue: SecretValue.unsafePlainText(placeholder),
      ...(encryptionKey !== undefined && { encryptionKey }),
      removalPolicy,
    });
    acknowledge(
      secret,
      'AwsSolutions-SMG4',
      'Kore.ai issues these credentials in its console and has no API to rotate them; a changed secret is picked up at the next refused call',
    );
    return secret;
  }
}
