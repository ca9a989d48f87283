/** `recipient ADDRESS`: what a person was sent. */
import { Command } from 'commander';
import { recipientOf, wholeNumberTo } from '../../arguments.ts';
import { reasonCell, shownRow } from '../../display/shown-row.ts';
import { tableLines } from '../../display/terminal.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import type { Act, Session } from '../../session.ts';
import { maskAddress } from '../../text/mask-address.ts';
import { printable } from '../../text/printable.ts';
import { timestamp } from '../../text/timestamp.ts';
import { rowsOfRecipient } from '../../tracker/delivery-log-rows.ts';

const LIMIT = 50;
const MOST = 10_000;

export function recipientCommand(act: Act): Command {
  return new Command('recipient')
    .description('what a person was sent, newest first')
    .argument('<address>', 'as Kore.ai knows the recipient (originalId)')
    .option('--limit <n>', 'rows at most', wholeNumberTo(MOST), LIMIT)
    .action(act(recipient));
}

async function recipient(
  session: Session,
  address: string,
  { limit }: { limit: number },
): Promise<ExitStatus> {
  const normalised = recipientOf(address);
  const { deliveryLog } = await session.tracker();
  const { rows, more } = await rowsOfRecipient(deliveryLog, normalised, limit);
  const shown = rows.map((row) => shownRow(row, session.showAddresses));
  const name = session.showAddresses ? normalised : maskAddress(normalised);
  session.print({ recipient: name, deliveries: shown, more }, () => {
    if (shown.length === 0) return [`Nothing is known of ${printable(name)}.`];
    const cells = shown.map((row) => [
      timestamp(row.createdOn),
      row.status,
      row.channel ?? '',
      row.requestId,
      reasonCell(row),
    ]);
    return [
      `Sent to ${printable(name)}, newest first:`,
      ...tableLines(session.terminal, ['time', 'status', 'channel', 'notification', 'comment'], cells),
      ...(more ? [`and earlier ones; --limit shows more than ${limit}`] : []),
    ];
  });
  return EXIT.done;
}
