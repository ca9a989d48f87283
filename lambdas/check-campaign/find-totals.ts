/** What became of a campaign's notifications so far: counted, and written down as its progress. */
import { expectObstacle } from '../check-delivery/obstacle.ts';
import type { Finding } from './decision.ts';
import { type FollowedCampaign, progressRow } from './rows/campaign-row.ts';
import { addUp } from './totals.ts';
import type { CampaignWorld } from './world.ts';

interface FindingSettings {
  readonly retentionDays: number;
}

type FindingWorld = Pick<CampaignWorld, 'campaigns' | 'log' | 'now'>;

export async function findTotals(
  followed: FollowedCampaign,
  settings: FindingSettings,
  world: FindingWorld,
  signal: AbortSignal,
): Promise<Finding> {
  const attempted = await expectObstacle(find(followed, settings, world, signal), world.log);
  return attempted.obstacle === undefined
    ? attempted.value
    : { kind: 'obstacle', obstacle: attempted.obstacle };
}

async function find(
  followed: FollowedCampaign,
  { retentionDays }: FindingSettings,
  { campaigns, log, now }: FindingWorld,
  signal: AbortSignal,
): Promise<Finding> {
  const totals = await addUp(campaigns.summariesOf(followed.campaignId, signal), now());
  if (totals.unknown > 0) log.warn('summaries of an unknown outcome', { count: totals.unknown });
  const isOurs = await campaigns.saveRow(progressRow(followed, totals, { now: now(), retentionDays }));
  return isOurs ? { kind: 'totals', totals } : { kind: 'used' };
}
