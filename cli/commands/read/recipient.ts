/** `recipient ADDRESS`: what a person was sent. */
import { Command } from 'commander';
import { recipientOf } from '../../arguments.ts';
import { listedRow, rowColumns } from '../../display/listed-row.ts';
import { reasonCell } from '../../display/shown-row.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import { positionIn } from '../../paging/cursor.ts';
import { type PageOptions, spanOf, withPages } from '../../paging/page-options.ts';
import { printPages } from '../../paging/print-pages.ts';
import type { Act, Session } from '../../session.ts';
import { maskAddress } from '../../text/mask-address.ts';
import { printable } from '../../text/printable.ts';
import { timestamp } from '../../text/timestamp.ts';
import { rowsOfRecipient } from '../../tracker/delivery-log-rows.ts';
import { placeOf } from '../../tracker/rows/newest-first.ts';
import { type RowSpan, rowSpanOf, rowSpanSchema } from '../../tracker/rows/row-spans.ts';

export function recipientCommand(act: Act): Command {
  const command = new Command('recipient')
    .description('what a person was sent, newest first')
    .argument('<address>', 'as Kore.ai knows the recipient (originalId)');
  return withPages(command, 'deliveries', { limit: 50 }).action(act(recipient));
}

/** Of all deliveries to a person a query reads pages of so many. */
const PAGE_OF_ALL = 500;

async function recipient(session: Session, address: string, options: PageOptions): Promise<ExitStatus> {
  const normalised = recipientOf(address);
  const { since, until, cursor, limit, all } = options;
  const times = spanOf(options, session.clock.now());
  const { deliveryLog } = await session.tracker();
  const query = ['recipient', deliveryLog.name, normalised, since?.text, until?.text];
  const span: RowSpan = cursor === undefined ? rowSpanOf(times) : positionIn(cursor, query, rowSpanSchema);
  const name = session.people.showAddresses ? normalised : maskAddress(normalised);
  const pageSize = all ? PAGE_OF_ALL : limit + 1;
  await printPages(session, options, {
    query,
    items: rowsOfRecipient(deliveryLog, normalised, span, pageSize),
    after: (row) => ({ ...span, after: placeOf(row) }),
    shown: async (rows) => rows.map((row) => listedRow(row, session.people)),
    name: 'deliveries',
    facts: { recipient: name },
    columns: rowColumns(session.people),
    table: {
      head: ['time', 'status', 'channel', 'notification', 'comment'],
      cells: (row) => [
        timestamp(row.createdOn),
        row.status,
        row.channel ?? '',
        row.requestId,
        reasonCell(row),
      ],
      before: () => [`Sent to ${printable(name)}, newest first:`],
      none: [
        `Nothing is known of ${printable(name)}${since === undefined && until === undefined ? '' : ' of this time'}.`,
      ],
    },
  });
  return EXIT.done;
}
