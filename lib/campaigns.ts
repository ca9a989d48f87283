/** What follows campaigns: a state machine with a function of its own, which never calls Kore.ai. */
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { TrackerSettings } from './configuration/settings.ts';
import type { StateMachineParts } from './delivery-tracker-base.ts';
import { CheckCampaignFunction } from './functions/check-campaign-function.ts';
import type { FunctionSurroundings } from './functions/tracker-function.ts';
import { campaignWorkflow } from './workflow/campaign-workflow.ts';
import { trackerStateMachine } from './workflow/state-machine.ts';

export interface CampaignsProps extends FunctionSurroundings {
  readonly settings: TrackerSettings;
  readonly trackerName: string;
  readonly table: ITable;
  readonly eventBus: IEventBus;
  /** Buses of earlier definitions. */
  readonly previousEventBuses: readonly IEventBus[];
  /** Tracks the notifications. */
  readonly tracking: StateMachineParts;
}

export class Campaigns extends Construct {
  readonly checkCampaign: CheckCampaignFunction;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: CampaignsProps) {
    super(scope, id);
    const { settings, table, eventBus, previousEventBuses, tracking } = props;
    const { eventSource, deadlineSeconds, retentionDays } = settings;
    this.checkCampaign = new CheckCampaignFunction(this, 'CheckCampaign', {
      ...props,
      trackingStateMachineArn: tracking.stateMachineArn,
      executionArnPrefix: tracking.executionArnPrefix,
    });
    const check = this.checkCampaign.function;
    this.stateMachine = trackerStateMachine(this, 'Campaign', {
      ...props,
      comment:
        'Follows a campaign until as many of its notifications have ended as were announced. A campaign id is never used twice.',
      definition: campaignWorkflow(new Construct(this, 'Workflow'), {
        ...{ check, eventBus, eventSource, deadlineSeconds, retentionDays, table },
      }),
      invokes: [check],
      publishesTo: [eventBus, ...previousEventBuses],
      recordsIn: table,
      records: ['dynamodb:UpdateItem'],
    });
  }
}
