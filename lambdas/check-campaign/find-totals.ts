/** What became of a campaign's notifications so far: counted, and written down as its progress. */
import { expectObstacle } from '../check-delivery/obstacle.ts';
import type { Finding } from './decision.ts';
import { claimingRow, type FollowedCampaign, progressRow } from './rows/campaign-row.ts';
import { addUp } from './totals.ts';
import type { CampaignWorld } from './world.ts';

interface FindingSettings {
  readonly retentionDays: number;
}

/** @param isFirst then the campaign's id is claimed before anything is counted. */
export async function findTotals(
  followed: FollowedCampaign,
  isFirst: boolean,
  settings: FindingSettings,
  world: CampaignWorld,
  signal: AbortSignal,
): Promise<Finding> {
  const attempted = await expectObstacle(find(followed, isFirst, settings, world, signal), world.log);
  return attempted.obstacle === undefined
    ? attempted.value
    : { kind: 'obstacle', obstacle: attempted.obstacle };
}

async function find(
  followed: FollowedCampaign,
  isFirst: boolean,
  { retentionDays }: FindingSettings,
  { campaigns, log, now }: CampaignWorld,
  signal: AbortSignal,
): Promise<Finding> {
  if (isFirst && !(await campaigns.saveRow(claimingRow(followed, { now: now(), retentionDays })))) {
    return { kind: 'used' };
  }
  const totals = await addUp(campaigns.summariesOf(followed.campaignId, signal), now());
  if (totals.unknown > 0) log.warn('summaries of an unknown outcome', { count: totals.unknown });
  const isOurs = await campaigns.saveRow(progressRow(followed, totals, { now: now(), retentionDays }));
  return isOurs ? { kind: 'totals', totals } : { kind: 'used' };
}
