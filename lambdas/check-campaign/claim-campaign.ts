/** The first check claims the campaign's id, before anything is counted. */
import { expectObstacle } from '../check-delivery/obstacle.ts';
import type { Finding } from './decision.ts';
import { claimingRow, type FollowedCampaign } from './rows/campaign-row.ts';
import type { CampaignWorld } from './world.ts';

/** Returns what keeps the check from counting; nothing where the id is ours. */
export async function claimCampaign(
  followed: FollowedCampaign,
  { retentionDays }: { readonly retentionDays: number },
  { campaigns, log, now }: Pick<CampaignWorld, 'campaigns' | 'log' | 'now'>,
): Promise<Finding | undefined> {
  const row = claimingRow(followed, { now: now(), retentionDays });
  const attempted = await expectObstacle(campaigns.saveRow(row), log);
  if (attempted.obstacle !== undefined) return { kind: 'obstacle', obstacle: attempted.obstacle };
  return attempted.value ? undefined : { kind: 'used' };
}
