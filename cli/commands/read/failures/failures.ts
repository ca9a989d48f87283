/** `failures`: who was not reached, on all bots, on one, or in a campaign. */
import { Command, Option } from 'commander';
import { botOf, type DeliveryLogRow } from '../../../../contract/delivery-log-row.ts';
import { campaignId, streamId } from '../../../arguments.ts';
import { groupsOf, reasonGroups, reasonLines } from '../../../display/reason-groups.ts';
import { reasonCell, recipientCell, shownRow } from '../../../display/shown-row.ts';
import { EXIT, type ExitStatus } from '../../../exit-status.ts';
import { withPages } from '../../../paging/page-options.ts';
import { printPages } from '../../../paging/print-pages.ts';
import type { Act, Session } from '../../../session.ts';
import { timestamp } from '../../../text/timestamp.ts';
import { rowColumns } from '../row-columns.ts';
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
    shown: async (rows) => rows,
    name: 'failures',
    document: (row) => ({ ...botIn(row), ...shownRow(row, session.people) }),
    columns: rowColumns(session.people),
    table: {
      head: ['time', 'bot', 'notification', 'recipient', 'reason'],
      cells(row) {
        const shown = shownRow(row, session.people);
        const { streamId = '' } = botIn(row);
        return [timestamp(row.createdOn), streamId, row.requestId, recipientCell(shown), reasonCell(shown)];
      },
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

async function groupsOfAll(rows: AsyncIterable<DeliveryLogRow>) {
  const groups = reasonGroups();
  for await (const row of rows) groups.add(row);
  return groups.groups();
}

function botIn({ failureOf }: DeliveryLogRow): { streamId?: string } {
  return failureOf === undefined ? {} : { streamId: botOf(failureOf) };
}
