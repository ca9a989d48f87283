/** The function's environment variables: the one place that knows their names, for both who writes and who reads them. */
import { number, readFrom, text, type Variables, written } from '../environment-variables.ts';

/** What a check is told. */
export interface CampaignSettings {
  readonly tableArn: string;
  /** Of a notification, and of a campaign whose input says nothing else. */
  readonly deadlineSeconds: number;
  readonly retentionDays: number;
  /** From one check to the next, where a campaign is not so long that its history would hold too few of them. */
  readonly waitSeconds: number;
}

export interface CampaignFunctionSettings extends CampaignSettings {
  /** Names the tracker in logs and metrics. */
  readonly trackerName: string;
  readonly tableName: string;
  /** Tracks notifications. */
  readonly trackingStateMachineArn: string;
}

const VARIABLES: Variables<CampaignFunctionSettings> = {
  trackerName: text('TRACKER_NAME'),
  tableName: text('TABLE_NAME'),
  tableArn: text('TABLE_ARN'),
  trackingStateMachineArn: text('TRACKING_STATE_MACHINE_ARN'),
  deadlineSeconds: number('DEADLINE_SECONDS'),
  retentionDays: number('RETENTION_DAYS'),
  waitSeconds: number('WAIT_SECONDS'),
};

/** The environment to deploy the function with. */
export function toEnvironment(settings: CampaignFunctionSettings): Record<string, string> {
  return written(VARIABLES, settings);
}

/** @throws ZodError naming the first wrong variable. The stack checked the values, so this is a deployment gone wrong. */
export function fromEnvironment(variables: Record<string, string | undefined>): CampaignFunctionSettings {
  return readFrom(VARIABLES, variables);
}
