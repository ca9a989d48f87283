/** What must be true of a campaign's row: it is the progress, and in the end what the event tells. */
import type { CampaignRow } from '../../../../contract/campaign/campaign-row.ts';
import type { WrittenRow } from '../../../../lambdas/check-campaign/rows/campaign-table.ts';
import { graceAfter, lastEnd } from '../../../../lambdas/check-delivery/schedule/moment.ts';
import { DEADLINE_SECONDS } from '../plan.ts';
import { CAMPAIGN_ARN, type MadeEnd } from './campaign.ts';
import type { TrackedCampaign } from './world.ts';

const endedIn = ({ notifications: { complete, timedOut, failed } }: WrittenRow) =>
  complete + timedOut + failed;

/**
 * It never goes back: not to fewer checks, nor from an end, nor to fewer notifications by a later check. Two runs of one check, the
 * first of which was given up, may write in either order.
 */
export function faultInHistory(all: readonly CampaignRow[]): string | undefined {
  // What the state machine writes before any check has only the end.
  const rows = all.filter((row): row is WrittenRow => row.checks !== undefined);
  for (const [index, row] of rows.entries()) {
    for (const before of rows.slice(0, index)) {
      if (before.checks > row.checks)
        return `its row goes back from ${before.checks} to ${row.checks} checks`;
      if (before.outcome !== undefined && before.outcome !== row.outcome)
        return `its row goes from ${before.outcome} to ${row.outcome}`;
      if (before.checks < row.checks && endedIn(before) > endedIn(row))
        return `its row goes back from ${endedIn(before)} to ${endedIn(row)} ends`;
    }
  }
  return undefined;
}

/** It says what the event says, unless the event could not wait for it any longer. */
export function faultInLastRow(
  { campaign, execution }: TrackedCampaign,
  made: MadeEnd | undefined,
): string | undefined {
  const patience = (lastEnd(DEADLINE_SECONDS) + graceAfter(DEADLINE_SECONDS)) * 1000;
  if (made !== undefined && made.madeAt > execution.startedAt + patience - 1_000) return undefined;
  const event = campaign.stores.finalEvents.rowOf(CAMPAIGN_ARN);
  const row = campaign.rows.at(-1);
  if (event === undefined || row === undefined) return 'it has no row';
  if (event.outcome !== row.outcome) return `its row is ${row.outcome}, its event ${event.outcome}`;
  const { notifications, counts, error, completedAt } = JSON.parse(event.detail).data;
  const told = { notifications, counts, error, completedAt };
  for (const [field, value] of Object.entries(told)) {
    if (value === undefined) continue;
    const saved = row[field as keyof CampaignRow];
    if (JSON.stringify(saved) !== JSON.stringify(value))
      return `its row and its event have other ${field}: ${JSON.stringify([saved, value])}`;
  }
  return undefined;
}
