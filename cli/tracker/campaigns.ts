/** Campaigns that are tracked: each is an execution of the tracker's campaign state machine. */
import {
  CampaignDiffersError,
  type CampaignInput,
  executionArn,
  InvalidCampaignInputError,
  type StartedCampaign,
  startCampaign,
} from '../../client/index.ts';
import { parseInput } from '../../client/invalid-input.ts';
import { campaignInputSchema } from '../../contract/campaign/campaign-input.ts';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';
import { describeAttempt, type StateMachine } from './executions/attempts.ts';
import { fieldsOf } from './executions/tracking.ts';

/**
 * Starts tracking a campaign, or finds that it is tracked already.
 *
 * @param campaigns `undefined` where the tracker has none.
 * @throws CommandError `NO_CAMPAIGNS`.
 * @throws CampaignDiffersError `CAMPAIGN_DIFFERS`.
 */
export async function beginCampaign(
  campaigns: StateMachine | undefined,
  input: CampaignInput,
): Promise<StartedCampaign> {
  if (campaigns === undefined) throw noCampaigns();
  const { client, arn } = campaigns;
  return startCampaign(client, arn, input);
}

/**
 * The same where only the number of notifications is known: a campaign that is tracked already keeps its deadline.
 *
 * @throws CommandError `NO_CAMPAIGNS`.
 * @throws CampaignDiffersError `CAMPAIGN_DIFFERS`, where the number is another.
 */
export async function ensureCampaign(
  campaigns: StateMachine | undefined,
  campaignId: string,
  notifications: number,
): Promise<StartedCampaign> {
  try {
    return await beginCampaign(campaigns, { campaignId, notifications });
  } catch (error) {
    if (!(error instanceof CampaignDiffersError) || error.tracked?.notifications !== notifications)
      throw error;
    return { executionArn: executionArn(campaigns?.arn ?? '', campaignId), alreadyTracked: true };
  }
}

/**
 * Whether the campaign is tracked already; starts nothing.
 *
 * @throws CommandError `NO_CAMPAIGNS`.
 * @throws InvalidCampaignInputError `INVALID_INPUT`.
 * @throws CampaignDiffersError `CAMPAIGN_DIFFERS`, where the number is another.
 */
export async function plannedCampaign(
  campaigns: StateMachine | undefined,
  campaignId: string,
  notifications: number,
): Promise<Pick<StartedCampaign, 'alreadyTracked'>> {
  if (campaigns === undefined) throw noCampaigns();
  parseInput(campaignInputSchema, { campaignId, notifications }, InvalidCampaignInputError);
  const attempt = await describeAttempt(campaigns, executionArn(campaigns.arn, campaignId));
  if (attempt === undefined) return { alreadyTracked: false };
  const tracked = fieldsOf<CampaignInput>(attempt.input);
  if (tracked.notifications === notifications) return { alreadyTracked: true };
  const given = { campaignId, notifications };
  throw new CampaignDiffersError(given, { ...given, notifications: 0, ...tracked });
}

export function noCampaigns(): CommandError {
  return new CommandError(
    'NO_CAMPAIGNS',
    EXIT.notFound,
    "The deployed tracker is of a release that tracks no campaigns. Update the tracker's stack, then run the same command again. Nothing was started.",
  );
}
