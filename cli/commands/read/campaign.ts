/** `campaign ID`: how far a campaign is, whom it did not reach, and what its notifications met. */
import { Command, Option } from 'commander';
import { campaignId } from '../../arguments.ts';
import { campaignToShow } from '../../campaign-to-show.ts';
import { campaignOverview } from '../../display/campaign-overview.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import { interruptible } from '../../interruptible.ts';
import type { Act, Session } from '../../session.ts';
import { watchCampaign } from '../../watch-campaign.ts';

export function campaignCommand(act: Act): Command {
  return new Command('campaign')
    .description('totals of a campaign, reasons of failures, slowest notifications, obstacles')
    .argument('<campaign-id>', 'as its notifications name it', campaignId)
    .option('--running', 'ask each running tracking whether it belongs to the campaign, and what it meets')
    .addOption(new Option('--watch', 'watch it to its end').conflicts('running'))
    .action(act(campaign, true));
}

async function campaign(
  session: Session,
  campaignId: string,
  { running, watch }: { running?: boolean; watch?: boolean },
): Promise<ExitStatus> {
  const tracker = await session.tracker();
  if (watch) return watchCampaign(session, tracker, campaignId);
  const shown = await interruptible(session, campaignToShow(session, tracker, campaignId, running));
  session.print(shown, () => campaignOverview(shown, session.terminal));
  return EXIT.done;
}
