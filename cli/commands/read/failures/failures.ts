/** `failures`: who was not reached, on all bots, on one, or in a campaign. */
import { Command, Option } from 'commander';
import { campaignId, streamId } from '../../../arguments.ts';
import { listedRow, rowColumns } from '../../../display/listed-row.ts';
import { groupsOf, groupsOfAll, reasonLines } from '../../../display/reason-groups.ts';
import { reasonCell, recipientCell } from '../../../display/shown-row.ts';
import { EXIT, type ExitStatus } from '../../../exit-status.ts';
import { withPages } from '../../../paging/page-options.ts';
import { printPages } from '../../../paging/print-pages.ts';
import type { Act, Session } from '../../../session.ts';
import { timestamp } from '../../../text/timestamp.ts';
import { failuresOfBots } from './failures-of-bots.ts';
import { failuresOfCampaign } from './failures-of-campaign.ts';
import { type FailuresOptions, SINCE } from './found-failures.ts';

export function failuresCommand(act: Act): Command {
  const command = new Command('failures')
    .description('recipients who were not reached, with the reasons, newest first')
    .option('--stream-id <id>', 'of this bot only, st-…', streamId)
    .addOption(
      new Option('--campaign <id>', 'of this campaign only, notification by notification')
        .argParser(campaignId)
        .conflicts(['streamId', 'since', 'until']),
    );
  return withPages(command, 'failures', { limit: 50, since: SINCE }).action(act(failures));
}

async function failures(session: Session, options: FailuresOptions): Promise<ExitStatus> {
  const { campaign, all } = options;
  const tracker = await session.tracker();
  const found =
    campaign === undefined
      ? await failuresOfBots(session, tracker, options)
      : await failuresOfCampaign(session, tracker, campaign, options);
  const { query, facts, which, order, after } = found;
  await printPages(session, options, {
    ...{ query, facts, after },
    items: found.rows(),
    shown: async (rows) => rows.map((row) => listedRow(row, session.people)),
    name: 'failures',
    columns: rowColumns(session.people),
    table: {
      head: ['time', 'bot', 'notification', 'recipient', 'reason'],
      cells: (row) => [
        timestamp(row.createdOn),
        row.streamId ?? '',
        row.requestId,
        recipientCell(row),
        reasonCell(row),
      ],
      async before(page, isPart) {
        // They come first, so that all are counted before any is printed.
        const groups = all ? await groupsOfAll(found.rows()) : groupsOf(page);
        return [
          `Failures ${which}, by reason${isPart ? `, of the ${page.length} shown here` : ''}:`,
          ...reasonLines(session.terminal, groups),
          '',
          `${order}:`,
        ];
      },
      none: [`No failures ${which}.`],
    },
  });
  return EXIT.done;
}
