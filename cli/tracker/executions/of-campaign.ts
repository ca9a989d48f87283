/** Which of the listed executions belong to a campaign. */
import { inPieces } from '../../paging/pages.ts';
import { DETAILS_AT_ONCE, inLanes } from './details.ts';
import type { ListedAttempt } from './listed-attempts.ts';
import type { Tracking } from './tracking.ts';

export interface ListedTracking {
  readonly listed: ListedAttempt;
  readonly tracking: Tracking;
}

/** No list says to which campaign an execution belongs, so each is asked. */
export async function* ofCampaign(
  listed: AsyncIterable<ListedAttempt>,
  campaignId: string,
  details: (item: ListedAttempt) => Promise<Tracking>,
): AsyncGenerator<ListedTracking> {
  for await (const piece of inPieces(listed, DETAILS_AT_ONCE)) {
    const trackings = await inLanes(piece, details);
    for (const [index, one] of piece.entries()) {
      const tracking = trackings[index];
      if (tracking?.campaignId === campaignId) yield { listed: one, tracking };
    }
  }
}
