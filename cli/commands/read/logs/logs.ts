/** `logs`: what checks of a notification or a campaign logged; without one, the warnings and errors of all. */
import { Command, Option } from 'commander';
import { campaignId, requestId } from '../../../arguments.ts';
import { wrongUsage } from '../../../command-error.ts';
import {
  LOG_COLUMNS,
  LOG_HEAD,
  LOG_HEAD_OF_ALL,
  logCells,
  logCellsOfAll,
} from '../../../display/log-columns.ts';
import { EXIT, type ExitStatus } from '../../../exit-status.ts';
import { inPieces } from '../../../paging/pages.ts';
import type { Act, Session, Tracker } from '../../../session.ts';
import { parseTimeBound, type TimeBound } from '../../../text/time-bound.ts';
import { timestamp } from '../../../text/timestamp.ts';
import { inOrderOfTime, type LogLine, logLines } from '../../../tracker/log-lines.ts';
import { type LinesOf, linesOfCampaign, linesOfNotification, troubleOfAll } from './lines-of.ts';

/** Of all, where nothing else is said. */
const SINCE = parseTimeBound('1h');

export function logsCommand(act: Act): Command {
  return new Command('logs')
    .description(
      'what checks of a notification or a campaign logged; without one, warnings and errors of all',
    )
    .argument('[request-id]', 'the notification, ds-…', requestId)
    .addOption(new Option('--campaign <id>', 'of this campaign, its own checks').argParser(campaignId))
    .option(
      '--since <time>',
      `from then on: a time back, such as 90m, 24h or 7d, or a time in UTC (default: from its start; of all, ${SINCE.text})`,
      parseTimeBound,
    )
    .action(act(logs));
}

interface LogsOptions {
  readonly campaign?: string;
  readonly since?: TimeBound;
}

const PIECE = 100;

async function logs(
  session: Session,
  requestId: string | undefined,
  options: LogsOptions,
): Promise<ExitStatus> {
  if (requestId !== undefined && options.campaign !== undefined) {
    throw wrongUsage('Give a request id or --campaign, not both.');
  }
  const tracker = await session.tracker();
  const wanted = await linesOf(tracker, requestId, options, session.clock.now());
  const { logGroups, which, facts } = wanted;
  const isOfAll = requestId === undefined && options.campaign === undefined;
  const since = new Date(wanted.since).toISOString();
  const lines = inOrderOfTime(logGroups.map((logGroup) => logLines(tracker.aws, logGroup, wanted)));
  await session.printList<LogLine>({
    name: 'lines',
    facts: { ...facts, since },
    pieces: inPieces(lines, PIECE),
    rest: () => ({ more: false }),
    document: ({ fields, ...line }) => ({ ...line, ...fields }),
    columns: LOG_COLUMNS,
    table: {
      head: isOfAll ? LOG_HEAD_OF_ALL : LOG_HEAD,
      cells: isOfAll ? logCellsOfAll : logCells,
      before: () => [],
      none: [
        `No lines ${which} since ${timestamp(since)}. A line can be found some seconds after it was written.`,
      ],
    },
  });
  return EXIT.done;
}

async function linesOf(
  tracker: Tracker,
  requestId: string | undefined,
  { campaign, since }: LogsOptions,
  now: number,
): Promise<LinesOf> {
  const given = since?.at(now);
  if (requestId !== undefined) return linesOfNotification(tracker, requestId, given);
  if (campaign !== undefined) return linesOfCampaign(tracker, campaign, given, now);
  return troubleOfAll(tracker, given ?? SINCE.at(now));
}
