/** `list`: the latest trackings, or those of a campaign. */
import { Command, Option } from 'commander';
import { campaignId } from '../../../arguments.ts';
import { TRACKING_COLUMNS, TRACKING_HEAD, trackingCells } from '../../../display/tracking-columns.ts';
import { EXIT, type ExitStatus } from '../../../exit-status.ts';
import { withPages } from '../../../paging/page-options.ts';
import { printPages } from '../../../paging/print-pages.ts';
import type { Act, Session } from '../../../session.ts';
import { endedInCampaign } from './ended-in-campaign.ts';
import { executionsToList } from './executions-to-list.ts';
import type { ListOptions } from './list-source.ts';

/** One is a request or two each, of which Step Functions lets 250 through at once (AWS docs, service quotas). */
const LARGEST_PAGE = 200;

export function listCommand(act: Act): Command {
  const command = new Command('list')
    .description('the latest trackings of the last 90 days, or those of a campaign')
    .addOption(new Option('--running', 'only those that run').conflicts('failed'))
    .option('--failed', 'only those that failed or were stopped')
    .option(
      '--campaign <id>',
      'only those of this campaign: that have ended, or with --running that run',
      campaignId,
    );
  return withPages(command, 'trackings', { limit: 20, largest: LARGEST_PAGE }).action(act(list));
}

async function list(session: Session, options: ListOptions): Promise<ExitStatus> {
  const { running, failed, campaign } = options;
  const tracker = await session.tracker();
  const which = `${running ? 'running ' : failed ? 'failed ' : ''}trackings${campaign === undefined ? '' : ` in the campaign ${campaign}`}`;
  const common = {
    name: 'trackings',
    facts: campaign === undefined ? {} : { campaignId: campaign },
    columns: TRACKING_COLUMNS,
    table: { head: TRACKING_HEAD, cells: trackingCells, before: () => [], none: [`No ${which}.`] },
  };
  if (campaign !== undefined && !running) {
    await printPages(session, options, {
      ...(await endedInCampaign(session, tracker, campaign, options)),
      ...common,
    });
  } else await printPages(session, options, { ...executionsToList(session, tracker, options), ...common });
  return EXIT.done;
}
