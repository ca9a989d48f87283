/** The row of a campaign, as its progress and in the end as its event tells it. */
import type { CampaignRow } from '../../../contract/campaign/campaign-row.ts';
import { campaignPartition, SUMMARY_ID } from '../../../contract/table-names.ts';
import { expiryOf } from '../../check-delivery/rows/to-rows.ts';
import type { Ended, Execution } from '../invocation.ts';
import { NOTHING, notificationsOf, type Totals } from '../totals.ts';
import { isOurs, type WrittenRow } from './campaign-table.ts';

/** Whose row it is. */
export interface FollowedCampaign {
  readonly execution: Execution;
  readonly campaignId: string;
  /** How many notifications were announced. */
  readonly expected: number;
  /** Checks, with the one that writes. */
  readonly checks: number;
}

interface Saving {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly retentionDays: number;
}

/** It has no `campaignId`, by which it would be in the index of summaries. */
export function progressRow(followed: FollowedCampaign, totals: Totals, saving: Saving): WrittenRow {
  const { execution, campaignId, expected, checks } = followed;
  return {
    requestId: campaignPartition(campaignId),
    logId: SUMMARY_ID,
    executionArn: execution.id,
    startedAt: new Date(execution.startedAt).toISOString(),
    notifications: notificationsOf(totals, expected),
    counts: totals.counts,
    checks,
    savedAt: new Date(saving.now).toISOString(),
    expiresAt: expiryOf(saving),
  };
}

/** Claims the campaign's id before anything is counted: it comes after no check at all. */
export function claimingRow(followed: FollowedCampaign, saving: Saving): WrittenRow {
  return progressRow({ ...followed, checks: 0 }, NOTHING, saving);
}

/** @param there the row before it, whose numbers stay where the event has none. */
export function endedRow(
  followed: FollowedCampaign,
  { outcome, detail }: Ended,
  there: CampaignRow | undefined,
  saving: Saving,
): WrittenRow {
  const fresh = progressRow(followed, NOTHING, saving);
  const { notifications = fresh.notifications, counts = fresh.counts } =
    there !== undefined && isOurs(there, fresh) ? there : fresh;
  const { data, metadata } = detail;
  return {
    ...fresh,
    notifications: data.notifications ?? notifications,
    counts: data.counts ?? counts,
    outcome,
    completedAt: data.completedAt ?? metadata.timestamp ?? fresh.savedAt,
    ...('error' in data && { error: data.error }),
  };
}
