/** What is known of a campaign: from its execution, its row and the summaries of its notifications. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { CampaignInput } from '../../../contract/campaign/campaign-input.ts';
import type { CampaignRow } from '../../../contract/campaign/campaign-row.ts';
import { executionArn } from '../../../contract/execution-name.ts';
import { campaignPartition, SUMMARY_ID } from '../../../contract/table-names.ts';
import { CommandError } from '../../command-error.ts';
import { EXIT } from '../../exit-status.ts';
import type { DeliveryLogTable } from '../delivery-log-rows.ts';
import { describeAttempt, type StateMachine } from '../executions/attempts.ts';
import { fieldsOf, stateOf, type TrackingState } from '../executions/tracking.ts';
import { campaignSummaries } from './campaign-summaries.ts';

/** Where campaigns are known. */
export interface CampaignPlaces {
  readonly campaigns: StateMachine | undefined;
  readonly deliveryLog: DeliveryLogTable;
}

/** Of one that is only named by its notifications, `untracked`, nothing else is known. */
export interface Campaign {
  readonly campaignId: string;
  readonly state: TrackingState | 'untracked';
  readonly executionArn?: string | undefined;
  /** How many notifications were announced. */
  readonly expected?: number | undefined;
  /** ISO 8601 in UTC. */
  readonly startedAt?: string | undefined;
  readonly endedAt?: string | undefined;
  readonly checks?: number | undefined;
  /** As its latest check counted them. */
  readonly seen?: Pick<CampaignRow, 'notifications' | 'counts'> | undefined;
  readonly error?: { readonly code?: string | undefined; readonly message: string } | undefined;
}

/** @throws CommandError `NO_SUCH_CAMPAIGN`. */
export async function lookUpCampaign(
  { campaigns, deliveryLog }: CampaignPlaces,
  campaignId: string,
  now: number,
): Promise<Campaign> {
  const [attempt, row] = await Promise.all([
    campaigns && describeAttempt(campaigns, executionArn(campaigns.arn, campaignId)),
    campaignRow(deliveryLog, campaignId),
  ]);
  if (attempt === undefined && row === undefined) {
    const first = await campaignSummaries(deliveryLog, campaignId, now).next();
    if (first.done) throw noSuchCampaign(campaignId);
    return { campaignId, state: 'untracked' };
  }
  // The row may be that of an execution that Step Functions has forgotten.
  const own = attempt === undefined || row?.executionArn === attempt.executionArn ? row : undefined;
  const input = fieldsOf<CampaignInput>(attempt?.input);
  return {
    campaignId,
    state: own?.outcome ?? (attempt === undefined ? 'unknown' : stateOf(attempt)),
    executionArn: attempt?.executionArn ?? own?.executionArn,
    expected: own?.notifications?.expected ?? input.notifications,
    startedAt: own?.startedAt ?? attempt?.startedAt?.toISOString(),
    endedAt: own?.completedAt ?? attempt?.endedAt?.toISOString(),
    checks: own?.checks,
    seen: own && { notifications: own.notifications, counts: own.counts },
    error: own?.error,
  };
}

async function campaignRow(
  { client, name }: DeliveryLogTable,
  campaignId: string,
): Promise<CampaignRow | undefined> {
  const Key = { requestId: campaignPartition(campaignId), logId: SUMMARY_ID };
  const { Item } = await client.send(new GetCommand({ TableName: name, Key, ConsistentRead: true }));
  return Item as CampaignRow | undefined;
}

function noSuchCampaign(campaignId: string): CommandError {
  return new CommandError(
    'NO_SUCH_CAMPAIGN',
    EXIT.notFound,
    `Nothing is known of the campaign ${campaignId}: it is not tracked, and no notification that ended belongs to it. Check the id, or begin with a file of its request ids, such as ids.txt.`,
    [],
    [['start', '--from-file', 'ids.txt', '--campaign', campaignId]],
  );
}
