/** All that is known of a campaign: how far it is, whom it did not reach and why, and what its notifications met. */
import { groupsOfAll, type ReasonGroup } from './display/reason-groups.ts';
import { inPieces } from './paging/pages.ts';
import type { Session, Tracker } from './session.ts';
import { type Campaign, lookUpCampaign } from './tracker/campaign/campaign.ts';
import { campaignFailures } from './tracker/campaign/campaign-failures.ts';
import { campaignSummaries, SUMMARIES_AT_ONCE, summariesOf } from './tracker/campaign/campaign-summaries.ts';
import { type CampaignTotals, campaignTotals } from './tracker/campaign/campaign-totals.ts';
import { detailsOf } from './tracker/executions/details.ts';
import { beginningOf, listedAttempts } from './tracker/executions/listed-attempts.ts';
import { ofCampaign } from './tracker/executions/of-campaign.ts';
import { turns } from './tracker/executions/paced.ts';
import { trackingOf } from './tracker/executions/tracking.ts';

export interface ShownCampaign
  extends Omit<Campaign, 'expected' | 'seen'>,
    Omit<CampaignTotals, 'notifications'> {
  readonly notifications: CampaignTotals['notifications'] & {
    /** Absent where the campaign itself is not tracked, and with it the rest. */
    readonly expected?: number;
    /** Of which nothing is heard yet. */
    readonly missing?: number;
    readonly extra?: number;
    /** Absent unless they were looked for. */
    readonly running?: number;
  };
  /** Why recipients were not reached, most frequent first. */
  readonly reasons: readonly ReasonGroup[];
}

/**
 * Reads the summary of each notification that has ended, and the rows of those with failures.
 *
 * @param withRunning asks each running execution of the tracker whether it belongs to the campaign.
 * @throws CommandError `NO_SUCH_CAMPAIGN`.
 */
export async function campaignToShow(
  session: Session,
  tracker: Tracker,
  campaignId: string,
  withRunning = false,
): Promise<ShownCampaign> {
  const { clock } = session;
  const { deliveryLog } = tracker;
  const now = clock.now();
  const { expected, seen: _, ...campaign } = await lookUpCampaign(tracker, campaignId, now);
  const totals = campaignTotals();
  let ended = 0;
  for await (const piece of inPieces(campaignSummaries(deliveryLog, campaignId, now), SUMMARIES_AT_ONCE)) {
    ended += piece.length;
    piece.forEach(totals.count);
    const ids = piece.map(({ requestId }) => requestId);
    for (const summary of await summariesOf(deliveryLog, ids, (milliseconds) => clock.sleep(milliseconds))) {
      const tracking = trackingOf({ attempt: undefined, summary });
      if (tracking !== undefined) totals.look(tracking, now);
    }
  }
  const reasons = await groupsOfAll(campaignFailures(deliveryLog, campaignId, now));
  let running = 0;
  for await (const { tracking } of withRunning ? runningIn(session, tracker, campaignId) : []) {
    running += 1;
    totals.look(tracking, now);
  }
  const { notifications, ...rest } = totals.totals();
  return {
    ...campaign,
    notifications: {
      ...(expected !== undefined && { expected }),
      ...notifications,
      ...(expected !== undefined && {
        missing: Math.max(0, expected - ended),
        extra: Math.max(0, ended - expected),
      }),
      ...(withRunning && { running }),
    },
    ...rest,
    reasons,
  };
}

function runningIn({ clock, interrupted }: Session, { stateMachine }: Tracker, campaignId: string) {
  const turn = turns(clock, interrupted);
  const listed = listedAttempts(stateMachine, beginningOf(['RUNNING'], 1_000));
  return ofCampaign(listed, campaignId, ({ attempt }) => detailsOf(stateMachine, attempt, turn));
}
