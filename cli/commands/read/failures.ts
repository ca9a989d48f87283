/** `failures`: who was not reached lately, on all bots or on one. */
import { Command } from 'commander';
import { botOf } from '../../../contract/delivery-log-row.ts';
import { streamId, wholeNumberTo } from '../../arguments.ts';
import { reasonCell, recipientCell, shownRow } from '../../display/shown-row.ts';
import { tableLines } from '../../display/terminal.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import type { Act, Session } from '../../session.ts';
import { daysBack, parseSince } from '../../text/parse-since.ts';
import { timestamp } from '../../text/timestamp.ts';
import { botsWithFailures, failuresOf } from '../../tracker/delivery-log-rows.ts';

const SINCE = '24h';
const LIMIT = 50;
const MOST = 10_000;

export function failuresCommand(act: Act): Command {
  return new Command('failures')
    .description('recipients who were not reached, with the reasons, newest first')
    .option('--since <time>', 'how far back, such as 90m, 24h or 7d', parseSince, parseSince(SINCE))
    .option('--stream-id <id>', 'of this bot only, st-…', streamId)
    .option('--limit <n>', 'failures at most', wholeNumberTo(MOST), LIMIT)
    .action(act(failures));
}

interface FailuresOptions {
  /** Milliseconds. */
  readonly since: number;
  readonly streamId?: string;
  readonly limit: number;
}

async function failures(
  session: Session,
  { since: back, streamId, limit }: FailuresOptions,
): Promise<ExitStatus> {
  const { deliveryLog } = await session.tracker();
  const now = session.clock.now();
  const since = new Date(now - back).toISOString();
  const bots = streamId === undefined ? await botsWithFailures(deliveryLog) : [streamId];
  const found = await failuresOf(deliveryLog, bots, { days: daysBack(now - back, now), since }, limit);
  const shown = found.rows.map((row) => ({
    streamId: botOf(row.failureOf ?? ''),
    ...shownRow(row, session.showAddresses),
  }));
  session.print({ since, failures: shown, more: found.more }, () => {
    const span = `since ${timestamp(since)}${streamId === undefined ? '' : ` on ${streamId}`}`;
    if (shown.length === 0) return [`No failures ${span}.`];
    const cells = shown.map((row) => [
      timestamp(row.createdOn),
      row.streamId,
      row.requestId,
      recipientCell(row),
      reasonCell(row),
    ]);
    return [
      `Failures ${span}, newest first:`,
      ...tableLines(session.terminal, ['time', 'bot', 'notification', 'recipient', 'reason'], cells),
      ...(found.more ? [`and earlier ones; --limit shows more than ${limit}`] : []),
    ];
  });
  return EXIT.done;
}
