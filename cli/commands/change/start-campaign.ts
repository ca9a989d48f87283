/** `start-campaign CAMPAIGN_ID`: begins to track a campaign, whose notifications are started by others or later. */
import { Command, Option } from 'commander';
import { type CampaignInput, campaignInputSchema } from '../../../contract/campaign/campaign-input.ts';
import { campaignId, wholeNumber } from '../../arguments.ts';
import { wrongUsage } from '../../command-error.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import type { Act, Session } from '../../session.ts';
import { beginCampaign } from '../../tracker/campaigns.ts';

export function startCampaignCommand(act: Act): Command {
  return new Command('start-campaign')
    .description('begin to track a campaign: one event when all of its notifications have ended')
    .argument('<campaign-id>', 'your own name for it; never used twice', campaignId)
    .addOption(
      new Option('--notifications <n>', 'how many notifications it has')
        .argParser(wholeNumber)
        .makeOptionMandatory(),
    )
    .option(
      '--deadline-seconds <n>',
      "how long they have from now; by default the tracker's own deadline",
      wholeNumber,
    )
    .action(act(startCampaign));
}

async function startCampaign(
  session: Session,
  campaignId: string,
  options: Omit<CampaignInput, 'campaignId'>,
): Promise<ExitStatus> {
  const input = checked({ campaignId, ...options });
  const { campaigns } = await session.tracker();
  const { executionArn, alreadyTracked } = await beginCampaign(campaigns, input);
  const number = `${input.notifications} ${input.notifications === 1 ? 'notification' : 'notifications'}`;
  session.print({ started: !alreadyTracked, ...input, executionArn }, () => [
    alreadyTracked
      ? `The campaign ${campaignId} is tracked already, with ${number}.`
      : `Tracking the campaign ${campaignId}, with ${number}. To start them from a file of their request ids: ${session.command('start', '--from-file', 'ids.txt', '--campaign', campaignId)}`,
  ]);
  return EXIT.done;
}

/** @throws CommandError `WRONG_USAGE`. */
function checked(input: CampaignInput): CampaignInput {
  const parsed = campaignInputSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = String(issue?.path[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw wrongUsage(`--${option} ${issue?.message}.`);
}
