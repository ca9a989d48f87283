/** Follows a campaign to its end, by what its checks count. */
import { campaignToShow } from './campaign-to-show.ts';
import { campaignOverview, notificationsText } from './display/campaign-overview.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Session, Tracker } from './session.ts';
import { timeOfDay } from './text/timestamp.ts';
import { type Campaign, lookUpCampaign } from './tracker/campaign/campaign.ts';

/** A campaign is checked less often than a notification. */
export const CAMPAIGN_INTERVAL_SECONDS = 5;

/**
 * Prints the numbers whenever they change, and at the end all that is known.
 *
 * @throws CommandError `NO_SUCH_CAMPAIGN`.
 */
export async function watchCampaign(
  session: Session,
  tracker: Tracker,
  campaignId: string,
  intervalSeconds = CAMPAIGN_INTERVAL_SECONDS,
): Promise<ExitStatus> {
  const { clock, interrupted, terminal } = session;
  let printed = '';
  for (;;) {
    const campaign = await lookUpCampaign(tracker, campaignId, clock.now());
    const { notifications, counts } = campaign.seen ?? {};
    const numbers = JSON.stringify([notifications, counts]);
    if (campaign.seen !== undefined && numbers !== printed) {
      printed = numbers;
      const at = new Date(clock.now()).toISOString();
      session.printNext({ type: 'campaign', at, campaignId, notifications, counts }, () => [
        progressLine(at, campaign),
      ]);
    }
    if (campaign.state !== 'running') return end(session, tracker, campaignId);
    await clock.sleep(intervalSeconds * 1000, interrupted);
    if (interrupted.aborted) {
      terminal.stderr.write(`No longer watching ${campaignId}; it is tracked all the same.\n`);
      return EXIT.interrupted;
    }
  }
}

function progressLine(at: string, { seen }: Campaign): string {
  const { notifications = {}, counts } = seen ?? {};
  const recipients =
    counts === undefined ? '' : `; ${counts.delivered} reached, ${counts.failed} not reached`;
  return `${timeOfDay(at)}  ${notificationsText(notifications)}${recipients}`;
}

const EXIT_OF: Readonly<Record<string, ExitStatus>> = {
  complete: EXIT.done,
  untracked: EXIT.done,
  'timed-out': EXIT.timedOut,
};

async function end(session: Session, tracker: Tracker, campaignId: string): Promise<ExitStatus> {
  const shown = await campaignToShow(session, tracker, campaignId);
  session.printNext({ type: 'end', ...shown }, () => campaignOverview(shown, session.terminal));
  return EXIT_OF[shown.state] ?? EXIT.failed;
}
