/** Failures in a campaign, of its notifications that have ended. */
import * as z from 'zod/mini';
import { positionIn } from '../../../paging/cursor.ts';
import type { Session, Tracker } from '../../../session.ts';
import { lookUpCampaign } from '../../../tracker/campaign/campaign.ts';
import { campaignFailures } from '../../../tracker/campaign/campaign-failures.ts';
import type { FailuresOptions, FoundFailures } from './found-failures.ts';

const rowKeySchema = z.object({ requestId: z.string(), logId: z.string() });

/** @throws CommandError `NO_SUCH_CAMPAIGN`, `INVALID_CURSOR`, `CURSOR_OF_ANOTHER_QUERY`. */
export async function failuresOfCampaign(
  { clock }: Session,
  tracker: Tracker,
  campaignId: string,
  { cursor }: FailuresOptions,
): Promise<FoundFailures> {
  const { deliveryLog } = tracker;
  const query = ['failures --campaign', deliveryLog.name, campaignId];
  const after = cursor === undefined ? undefined : positionIn(cursor, query, rowKeySchema);
  await lookUpCampaign(tracker, campaignId, clock.now());
  return {
    query,
    facts: { campaignId },
    which: `in the campaign ${campaignId}`,
    order: 'Notification by notification, of those that have ended',
    rows: () => campaignFailures(deliveryLog, campaignId, clock.now(), after),
    after: ({ requestId, logId }) => ({ requestId, logId }),
  };
}
