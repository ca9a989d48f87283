/** Tracks Kore.ai notifications to their end: the construct that an app adds. */
import { Duration, RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import type { ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { IPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { PLACEHOLDER } from '../contract/credentials.ts';
import { acknowledge, acknowledgeExecutions } from './acknowledge.ts';
import { Campaigns } from './campaigns.ts';
import { CommandLineOutput } from './command-line-output.ts';
import { principal as principalCheck } from './configuration/checks/of-cdk.ts';
import type { DeliveryTrackerProps } from './configuration/delivery-tracker-props.ts';
import { settingsFrom } from './configuration/settings.ts';
import type { DeliveryTrackerAttributes } from './delivery-tracker-attributes.ts';
import { DeliveryTrackerBase, type TrackerParts } from './delivery-tracker-base.ts';
import type { IDeliveryTracker } from './delivery-tracker-interface.ts';
import { DeadLetterQueue } from './events/dead-letter-queue.ts';
import { onOwnBus } from './events/on-own-bus.ts';
import { CheckDeliveryFunction } from './functions/check-delivery-function.ts';
import { ImportedDeliveryTracker } from './imported-delivery-tracker.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { SharedTracker } from './shared-tracker.ts';
import { CallBudgetTable } from './tables/call-budget-table.ts';
import { DeliveryLogTable } from './tables/delivery-log-table.ts';
import { trackerNameOf } from './tracker-name.ts';
import { outputParts } from './tracker-outputs.ts';
import { InterruptedExecutions } from './workflow/interrupted-executions.ts';
import { stateMachineParts, trackerStateMachine } from './workflow/state-machine.ts';
import { trackingWorkflow } from './workflow/tracking-workflow.ts';

export class DeliveryTracker extends DeliveryTrackerBase {
  /** A tracker of another stack, app or account of the organisation. */
  static fromDeliveryTrackerAttributes(
    scope: Construct,
    id: string,
    attributes: DeliveryTrackerAttributes,
  ): IDeliveryTracker {
    return new ImportedDeliveryTracker(scope, id, attributes);
  }

  /** Its path in the app, such as `MyStack-Tracker`: names the tracker in logs, and is the dimension of its metrics. */
  readonly trackerName: string;
  /** Start an execution with `{requestId, streamId?, recipients?, campaignId?, correlationId?}`, named by the request id. */
  readonly stateMachine: StateMachine;
  /** Start an execution with `{campaignId, notifications, deadlineSeconds?}`, named by the campaign id. */
  readonly campaignStateMachine: StateMachine;
  /** Delivery logs by `requestId` and `logId`; the summary of a notification or a campaign under `#summary`. */
  readonly table: Table;
  /** What is booked of each bot's calls; give it to other trackers of the same bot. */
  readonly callBudgetTable: ITable;
  /** Where the events go. */
  readonly eventBus: IEventBus;
  /** The app's credentials in Kore.ai. */
  readonly secret: ISecret;
  /** Makes one check of one notification. */
  readonly checkFunction: LambdaFunction;
  /** Makes one check of one campaign. */
  readonly checkCampaignFunction: LambdaFunction;
  /** Dashboard and alarms. */
  readonly monitoring: Monitoring;
  /** Events that no target took. */
  readonly deadLetterQueue: IQueue;

  protected readonly parts: TrackerParts;

  /** @throws ConfigurationError naming the prop, its value and what to do. */
  constructor(scope: Construct, id: string, props: DeliveryTrackerProps = {}) {
    super(scope, id);
    const settings = settingsFrom(props);
    const {
      removalPolicy = RemovalPolicy.RETAIN,
      logRetention = RetentionDays.THREE_MONTHS,
      encryptionKey,
      previousEventBuses = [],
    } = props;
    const kept = { logRetention, removalPolicy };
    this.trackerName = trackerNameOf(this);

    const { warmWriteThroughput } = settings;
    const ofRows = { removalPolicy, encryptionKey, warmWriteThroughput };
    this.table = new DeliveryLogTable(this, 'DeliveryLog', ofRows);
    this.callBudgetTable = props.callBudgetTable ?? new CallBudgetTable(this, 'CallBudget');
    this.secret = props.secret ?? this.#newSecret(props);
    this.eventBus = props.eventBus ?? new EventBus(this, 'Events');
    const deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', { eventBus: this.eventBus });
    this.deadLetterQueue = deadLetterQueue;

    const { trackerName, table, callBudgetTable, secret, eventBus } = this;
    const checkDelivery = new CheckDeliveryFunction(this, 'CheckDelivery', {
      settings,
      trackerName,
      table,
      budgetTable: callBudgetTable,
      secret,
      botSecrets: Object.values(props.bots ?? {}).flatMap((bot) => bot.secret ?? []),
      network: props,
      ...kept,
    });
    this.checkFunction = checkDelivery.function;
    const { eventSource, schedule, deadlineSeconds, retentionDays, announcesFailures } = settings;
    this.stateMachine = trackerStateMachine(this, 'Tracking', {
      comment:
        'Follows one Kore.ai notification until its delivery is final. A redrive does not learn the end anew; start another execution to track again.',
      definition: trackingWorkflow(new Construct(this, 'Workflow'), {
        check: this.checkFunction,
        eventBus,
        eventSource,
        deadlineSeconds,
        retentionDays,
        announcesFailures,
        table,
      }),
      invokes: [this.checkFunction],
      publishesTo: [eventBus, ...previousEventBuses],
      recordsIn: table,
      records: ['dynamodb:UpdateItem', 'dynamodb:PutItem'],
      ...kept,
    });
    const tracking = stateMachineParts(this, this.stateMachine);
    const shared = { trackerName, table, eventBus, previousEventBuses, ...kept };
    const campaigns = new Campaigns(this, 'Campaigns', { ...shared, settings, network: props, tracking });
    this.campaignStateMachine = campaigns.stateMachine;
    this.checkCampaignFunction = campaigns.checkCampaign.function;
    this.parts = {
      ...{ trackerName, table, eventBus, eventSource, deadLetterQueue, tracking, announcesFailures },
      campaigns: stateMachineParts(this, campaigns.stateMachine),
    };
    const { stateMachine, campaignStateMachine } = this;
    const busProbe = onOwnBus(this, {
      ...{ eventBus, eventSource },
      executionArnPrefixes: [tracking, this.parts.campaigns].map((one) => one.executionArnPrefix),
      archiveDays: settings.eventArchiveDays,
      publisher: stateMachine,
    });
    const { reporter } = new InterruptedExecutions(this, 'Interrupted', {
      ...shared,
      ...{ stateMachine, campaignStateMachine, eventSource, deadLetterQueue, retentionDays },
    });
    const { checkFunction, checkCampaignFunction } = this;
    const { logGroup } = checkDelivery;
    this.monitoring = new Monitoring(
      this,
      'Monitoring',
      {
        ...{ trackerName, stateMachine, reporter, checkFunction, logGroup, table, callBudgetTable },
        ...{ campaignStateMachine, checkCampaignFunction, deadLetterQueue, busProbe },
        longestWait: Duration.seconds(schedule.capSeconds),
      },
      props.monitoring,
    );
    const parts = {
      name: trackerName,
      stateMachineArn: stateMachine.stateMachineArn,
      campaignStateMachineArn: campaignStateMachine.stateMachineArn,
      tableName: table.tableName,
      callBudgetTableName: callBudgetTable.tableName,
      eventBusName: eventBus.eventBusName,
      eventSource,
      logGroupName: logGroup.logGroupName,
      ...(settings.defaultStreamId !== undefined && { defaultStreamId: settings.defaultStreamId }),
      host: settings.host,
      apiScope: settings.apiScope,
      secretArn: secret.secretArn,
      eventBusArn: eventBus.eventBusArn,
      checkFunctionName: checkFunction.functionName,
      checkCampaignFunctionName: checkCampaignFunction.functionName,
      campaignLogGroupName: campaigns.checkCampaign.logGroup.logGroupName,
      deadLetterQueueUrl: deadLetterQueue.queueUrl,
      alarms: Object.fromEntries(
        Object.entries(this.monitoring.alarms).map(([heading, alarm]) => [heading, alarm.alarmName]),
      ),
    };
    new CommandLineOutput(this, 'CommandLine', parts);
    outputParts(this, parts);
  }

  /**
   * Lets other accounts use the tracker: they may make rules on its bus (their own, and no others), and assume the
   * role that is returned to start trackings, since a state machine has no resource policy. There, import the tracker
   * with `fromDeliveryTrackerAttributes`.
   *
   * @param principal who: `new OrganizationPrincipal('o-…')`, or `new AccountPrincipal('…')`.
   */
  shareWith(id: string, principal: IPrincipal): Role {
    principalCheck('principal', principal);
    const { eventBus } = this;
    const { starterRole } = new SharedTracker(this, id, { principal, eventBus });
    this.grantStartTracking(starterRole);
    this.grantStartCampaign(starterRole);
    acknowledgeExecutions(starterRole, this.parts.campaigns.executionArnPrefix);
    return starterRole;
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
