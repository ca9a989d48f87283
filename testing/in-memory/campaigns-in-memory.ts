/** Campaigns without a database; the same tests hold it to what DynamoDB does. */
import type { CampaignRow } from '../../contract/campaign/campaign-row.ts';
import type { Summary } from '../../contract/delivery-log-row.ts';
import { campaignPartition } from '../../contract/table-names.ts';
import {
  type CampaignTable,
  isOurs,
  type WrittenRow,
} from '../../lambdas/check-campaign/rows/campaign-table.ts';
import type { DeliveryLog } from '../../lambdas/check-delivery/rows/delivery-log-table.ts';
import { deliveryLogInMemory } from './delivery-log-in-memory.ts';

export interface CampaignsInMemory extends CampaignTable, Pick<DeliveryLog, 'saveSummary'> {
  summaryOf(requestId: string): Summary | undefined;
}

export function campaignsInMemory(): CampaignsInMemory {
  const log = deliveryLogInMemory();
  const requestIds = new Set<string>();
  const rows = new Map<string, CampaignRow>();
  return {
    summaryOf: log.summaryOf,
    async saveSummary(summary) {
      await log.saveSummary(summary);
      requestIds.add(summary.requestId);
    },
    async *summariesOf(campaignId) {
      const all = [...requestIds].flatMap((requestId) => log.summaryOf(requestId) ?? []);
      yield all.filter((summary) => summary.campaignId === campaignId);
    },
    async saveRow(row) {
      const there = rows.get(row.requestId);
      if (!mayReplace(there, row)) return isOurs(there, row);
      rows.set(row.requestId, row);
      return true;
    },
    rowOf: async (campaignId) => rows.get(campaignPartition(campaignId)),
  };
}

/** The condition of the table's write. */
function mayReplace(there: CampaignRow | undefined, row: WrittenRow): boolean {
  if (there === undefined || there.expiresAt < Math.floor(Date.parse(row.savedAt) / 1000)) return true;
  const isSameCampaign =
    there.executionArn === row.executionArn &&
    there.startedAt === row.startedAt &&
    there.notifications?.expected === row.notifications.expected;
  const isUnended = there.outcome === undefined || there.outcome === row.outcome;
  // In DynamoDB too nothing can be compared with what is absent.
  const isNewer = there.checks !== undefined && there.checks <= row.checks;
  return isSameCampaign && isUnended && isNewer;
}
