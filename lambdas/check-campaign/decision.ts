/** What a check makes of what it found. A pure function. */
import type { CampaignFailedDetail } from '../../contract/campaign/campaign-event.ts';
import type { CampaignInput } from '../../contract/campaign/campaign-input.ts';
import type { Obstacle } from '../check-delivery/obstacle.ts';
import { type CampaignMoment, isPatient } from './schedule/moment.ts';
import { notificationsOf, type Totals } from './totals.ts';

/** What a check found. */
export type Finding =
  | { readonly kind: 'totals'; readonly totals: Totals }
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle }
  /** The row of the campaign is that of another execution. */
  | { readonly kind: 'used' };

export type CampaignError = CampaignFailedDetail['data']['error'];

export type Decision =
  | { readonly outcome: 'waiting'; readonly obstacle?: Obstacle }
  | { readonly outcome: 'complete'; readonly error?: undefined }
  | { readonly outcome: 'timed-out' | 'failed'; readonly error: CampaignError };

/** What ends a campaign. */
export type End = Exclude<Decision, { outcome: 'waiting' }>;

export function decide(finding: Finding, campaign: CampaignInput, moment: CampaignMoment): Decision {
  if (finding.kind === 'used') return { outcome: 'failed', error: usedBefore(campaign) };
  if (finding.kind === 'obstacle') {
    const { obstacle } = finding;
    if (isPatient(moment)) return { outcome: 'waiting', obstacle };
    return { outcome: 'failed', error: { code: obstacle.code, message: obstacle.message } };
  }
  const { expected, missing } = notificationsOf(finding.totals, campaign.notifications);
  if (missing === 0) return { outcome: 'complete' };
  if (moment.now < moment.lastEndAt) return { outcome: 'waiting' };
  const message = `${missing} of ${expected} notifications had not ended when the campaign's time was over.`;
  return { outcome: 'timed-out', error: { code: 'DEADLINE_PASSED', message } };
}

function usedBefore({ campaignId }: CampaignInput): CampaignError {
  const message = `The campaign id "${campaignId}" was used before, by another execution. Choose another id; the notifications are tracked all the same.`;
  return { code: 'CAMPAIGN_ID_USED', message };
}
