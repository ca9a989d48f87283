/** Starts the tracking of campaigns: what a workload calls before the first notification of a campaign ends. */
import type { SFNClient } from '@aws-sdk/client-sfn';
import { type CampaignInput, campaignInputSchema } from '../contract/campaign/campaign-input.ts';
import { CampaignDiffersError } from './campaign-differs-error.ts';
import { InvalidInputError, parseInput } from './invalid-input.ts';
import { startExecution } from './start-execution.ts';

/** The input is not valid for a campaign; nothing was started. */
export class InvalidCampaignInputError extends InvalidInputError {
  override readonly name = 'InvalidCampaignInputError';
}

export interface StartedCampaign {
  readonly executionArn: string;
  /**
   * The campaign was tracked before, with the same number of notifications and the same deadline: by an execution that still
   * runs, or that ended within the last 90 days. It is not tracked twice.
   */
  readonly alreadyTracked: boolean;
}

/**
 * Starts tracking a campaign: it ends when as many notifications ended as it has. Its execution is named by the campaign id, so
 * calling this again is safe; and since an id is never used twice, another number of notifications is an error.
 *
 * @param client of `@aws-sdk/client-sfn`; may call `states:StartExecution` on the state machine, and `states:DescribeExecution` on
 * its executions.
 * @param stateMachineArn of the tracker's campaign state machine, which is another than that of notifications.
 * @throws InvalidCampaignInputError `INVALID_INPUT`, before anything is sent.
 * @throws CampaignDiffersError `CAMPAIGN_DIFFERS`, where the id is taken by a campaign with another number or deadline.
 * @throws the SDK's errors, such as `AccessDeniedException` and `StateMachineDoesNotExist`.
 */
export async function startCampaign(
  client: Pick<SFNClient, 'send'>,
  stateMachineArn: string,
  input: CampaignInput,
): Promise<StartedCampaign> {
  const given = parseInput(campaignInputSchema, input, InvalidCampaignInputError);
  const { executionArn, found } = await startExecution(client, stateMachineArn, given.campaignId, given);
  if (found === 'another') {
    const tracked = await inputOf(client, executionArn);
    if (!isSame(given, tracked)) throw new CampaignDiffersError(given, tracked);
  }
  return { executionArn, alreadyTracked: found !== 'nothing' };
}

/** An execution with this name that has ended is "another" even with the same input, and so is one with more fields. */
function isSame(given: CampaignInput, tracked: CampaignInput | undefined): boolean {
  return tracked?.notifications === given.notifications && tracked.deadlineSeconds === given.deadlineSeconds;
}

/** Others may have started it, with anything. */
async function inputOf(
  client: Pick<SFNClient, 'send'>,
  executionArn: string,
): Promise<CampaignInput | undefined> {
  const { DescribeExecutionCommand } = await import('@aws-sdk/client-sfn');
  const { input = '' } = await client.send(new DescribeExecutionCommand({ executionArn }));
  try {
    return campaignInputSchema.safeParse(JSON.parse(input)).data;
  } catch {
    return undefined;
  }
}
