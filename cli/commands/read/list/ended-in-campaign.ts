/** Trackings of a campaign that have ended: from the index of its summaries, in the order of their request ids. */
import * as z from 'zod/mini';
import { wrongUsage } from '../../../command-error.ts';
import { positionIn } from '../../../paging/cursor.ts';
import type { Session, Tracker } from '../../../session.ts';
import { lookUpCampaign } from '../../../tracker/campaign/campaign.ts';
import {
  campaignSummaries,
  type IndexedSummary,
  SUMMARIES_AT_ONCE,
  summariesOf,
} from '../../../tracker/campaign/campaign-summaries.ts';
import { type Tracking, trackingOf } from '../../../tracker/executions/tracking.ts';
import type { ListOptions, Source } from './list-source.ts';

const placeSchema = z.object({ after: z.string() });

/** @throws CommandError `WRONG_USAGE`, `NO_SUCH_CAMPAIGN`, `INVALID_CURSOR`, `CURSOR_OF_ANOTHER_QUERY`. */
export async function endedInCampaign(
  { clock }: Session,
  tracker: Tracker,
  campaignId: string,
  { failed, cursor, since, until }: ListOptions,
): Promise<Source<IndexedSummary>> {
  if (since !== undefined || until !== undefined) {
    throw wrongUsage('--since and --until go with --campaign only where --running is given.');
  }
  const { deliveryLog } = tracker;
  const query = ['list --campaign', deliveryLog.name, campaignId, failed];
  const place = cursor === undefined ? undefined : positionIn(cursor, query, placeSchema);
  await lookUpCampaign(tracker, campaignId, clock.now());
  const summaries = campaignSummaries(deliveryLog, campaignId, clock.now(), place?.after);
  return {
    query,
    items: wantedOf(summaries, failed, place?.after),
    async shown(page) {
      const ids = page.map(({ requestId }) => requestId);
      const whole = await summariesOf(deliveryLog, ids, (milliseconds) => clock.sleep(milliseconds));
      return whole.flatMap((summary): Tracking[] => {
        const tracking = trackingOf({ attempt: undefined, summary });
        return tracking === undefined ? [] : [tracking];
      });
    },
    after: ({ requestId }) => ({ after: requestId }),
    piece: SUMMARIES_AT_ONCE,
  };
}

async function* wantedOf(
  summaries: AsyncIterable<IndexedSummary>,
  failed: boolean | undefined,
  after: string | undefined,
): AsyncGenerator<IndexedSummary> {
  for await (const summary of summaries) {
    if (summary.requestId !== after && (!failed || summary.outcome === 'failed')) yield summary;
  }
}
