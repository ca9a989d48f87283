/** The row of a campaign: how far it is, and in the end how it ended. Written at each check, so that nobody counts twice. */

import type { Counts } from '../counts.ts';
import type { Outcome } from '../event/event-names.ts';
import type { SUMMARY_ID } from '../table-names.ts';
import type { CampaignFailedDetail, CampaignNotifications } from './campaign-event.ts';

export interface CampaignRow {
  /** `campaignPartition` of the campaign's id. */
  readonly requestId: string;
  readonly logId: typeof SUMMARY_ID;
  /** The execution that follows the campaign. */
  readonly executionArn: string;
  /** Its start, ISO 8601 in UTC. Absent, like the numbers below, where it ended before any check could write them. */
  readonly startedAt?: string;
  readonly notifications?: CampaignNotifications;
  /** Recipients of the notifications that ended. */
  readonly counts?: Pick<Counts, 'total' | 'delivered' | 'failed'>;
  /** How many checks there have been. */
  readonly checks?: number;
  /** Absent while it runs. */
  readonly outcome?: Outcome;
  /** ISO 8601 in UTC; absent while it runs. */
  readonly completedAt?: string;
  /** Why it did not complete. */
  readonly error?: CampaignFailedDetail['data']['error'];
  /** ISO 8601 in UTC. */
  readonly savedAt: string;
  /** Seconds since 1970, for DynamoDB's TTL. */
  readonly expiresAt: number;
}
