/** Stores of a campaign without one of their conditions. */
import type { CampaignRow } from '../../../../contract/campaign/campaign-row.ts';
import {
  type CampaignsInMemory,
  campaignsInMemory,
} from '../../../../testing/in-memory/campaigns-in-memory.ts';
import {
  type FinalEventsInMemory,
  finalEventsInMemory,
} from '../../../../testing/in-memory/final-events-in-memory.ts';

/** The last row that is written wins, whatever it says. */
export function lastRowWins(): CampaignsInMemory {
  let latest: CampaignRow | undefined;
  return {
    ...campaignsInMemory(),
    async saveRow(row) {
      latest = row;
      return true;
    },
    rowOf: async () => latest,
  };
}

/** Each summary is read twice. */
export function summariesAreTwice(): CampaignsInMemory {
  const good = campaignsInMemory();
  return {
    ...good,
    async *summariesOf(campaignId, signal) {
      for await (const page of good.summariesOf(campaignId, signal)) yield [...page, ...page];
    },
  };
}

/** The state machine goes by its own end, whichever was recorded. */
export function stateMachineGoesByItsOwnEnd(): FinalEventsInMemory {
  const good = finalEventsInMemory();
  return {
    ...good,
    async record(row) {
      const won = await good.record(row);
      return row.detail.includes('UNEXPECTED_ERROR') ? row : won;
    },
  };
}
