/** A campaign in the careless world: what its execution, its checks and its reporter have in common. */
import type { CampaignRow } from '../../../../contract/campaign/campaign-row.ts';
import type { Ended } from '../../../../lambdas/check-campaign/invocation.ts';
import type { CampaignsInMemory } from '../../../../testing/in-memory/campaigns-in-memory.ts';
import type { FinalEventsInMemory } from '../../../../testing/in-memory/final-events-in-memory.ts';
import { startExecution } from '../execution.ts';
import type { CarelessExecution } from '../machine.ts';
import type { Circumstances } from '../process.ts';
import { reportIfUntold } from '../reporter.ts';
import type { StepFunctions } from '../step-functions.ts';
import { invokeCampaign } from './invocation.ts';
import type { SummaryIndex } from './lagging-index.ts';
import type { CampaignPlace, CarelessCampaign } from './plan.ts';
import { recordCampaign } from './record.ts';

export const CAMPAIGN_ID = 'spring';
export const CAMPAIGN_ARN = 'arn:campaign:spring';

export interface Campaign extends Circumstances<CampaignPlace> {
  readonly planned: CarelessCampaign;
  readonly stores: CampaignStores;
  /** Of its notifications. */
  readonly executions: () => readonly CarelessExecution[];
  /** Ends that checks have made of what they had found. */
  readonly made: MadeEnd[];
  /** Checks that have asked all executions for what left no summary. */
  readonly sweeps: Sweep[];
  /** Its row after each write that changed it. */
  readonly rows: CampaignRow[];
}

export interface CampaignStores {
  readonly campaigns: Pick<CampaignsInMemory, 'saveRow' | 'rowOf'>;
  readonly index: SummaryIndex;
  readonly finalEvents: FinalEventsInMemory;
}

/** Milliseconds since 1970. */
export interface Sweep {
  /** When the check began. */
  readonly beganAt: number;
  readonly doneAt: number;
}

export interface MadeEnd {
  /** When the check began, and when it had made the end; milliseconds since 1970. */
  readonly beganAt: number;
  readonly madeAt: number;
  /** JSON. */
  readonly detail: string;
}

export type CampaignExecution = CarelessExecution<Ended>;

export function startCampaign(
  campaign: Campaign,
  deadlineSeconds: number,
  stepFunctions: StepFunctions,
): CampaignExecution {
  const { time, random, faults, planned } = campaign;
  const { eventRetries, campaigns } = stepFunctions;
  const circumstances = { time, random, faults };
  const record = (ended: Ended) => recordCampaign(campaign, ended, campaigns);
  return startExecution<Ended>(
    {
      ...{ arn: CAMPAIGN_ARN, name: CAMPAIGN_ID, ...circumstances },
      input: { campaignId: CAMPAIGN_ID, notifications: planned.announced, deadlineSeconds },
      plans: false,
      invoke: (payload) => invokeCampaign(payload, campaign),
      ...{ checkFailed: campaigns.checkFailed, eventRetries, record },
    },
    (ended) => {
      const { reportsAfter, isReportLost } = planned;
      const { stateMachineArn } = campaigns;
      const reporting = { ...circumstances, reportsAfter, isReportLost, stateMachineArn, record };
      reportIfUntold(ended, reporting, stepFunctions);
    },
  );
}
