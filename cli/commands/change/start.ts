/** `start REQUEST_ID`, or `start --from-file`: begins to track. */
import { Command, Option } from 'commander';
import { startTracking } from '../../../client/index.ts';
import { type TrackingInput, trackingInputSchema } from '../../../contract/tracking-input.ts';
import { campaignId, requestId, streamId, wholeNumber, wholeNumberTo } from '../../arguments.ts';
import { parseIdsFile } from '../../batch/ids-file.ts';
import { planFromFile, startFromFile } from '../../batch/start-from-file.ts';
import { wrongUsage } from '../../command-error.ts';
import { trackingLines } from '../../display/shown-tracking.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import { readText } from '../../read-text.ts';
import type { Act, Session, Tracker } from '../../session.ts';
import { noCampaigns } from '../../tracker/campaigns.ts';
import { lookUp, trackingOf } from '../../tracker/executions/tracking.ts';
import { requireStreamIds } from '../../tracker/require-stream-ids.ts';
import { trackingToShow } from '../../tracking-to-show.ts';
import { watchCampaign } from '../../watch-campaign.ts';
import { INTERVAL_SECONDS, watchTracking } from '../../watch-tracking.ts';

/** Step Functions takes 1,300 starts at once and 300 a second, or 800 and 150 by region (AWS docs, service quotas). */
const RATE = 100;
const MOST_RATE = 1_000;

export function startCommand(act: Act): Command {
  return new Command('start')
    .description('begin to track a notification that Kore.ai has accepted, or all of a file')
    .argument('[request-id]', 'the notification, ds-…', requestId)
    .option('--stream-id <id>', 'the bot, st-…, unless the tracker has a default', streamId)
    .option('--recipients <n>', 'how many recipients the notification has', wholeNumber)
    .option('--campaign <id>', 'the campaign that it belongs to', campaignId)
    .option('--correlation-id <text>', 'your own reference, repeated in the event; no personal data')
    .option('--watch', 'watch it to its end; of a file, its campaign')
    .option(
      '--from-file <file>',
      'a request id a line: requestId[,streamId[,recipients]]; - for standard input',
    )
    .option('--dry-run', 'say what would be started, and start nothing')
    .addOption(
      new Option('--rate <n>', 'starts in a second, at most')
        .argParser(wholeNumberTo(MOST_RATE))
        .default(RATE),
    )
    .action(act(start, true));
}

interface StartOptions extends Omit<TrackingInput, 'requestId' | 'campaignId'> {
  readonly campaign?: string;
  readonly watch?: boolean;
  readonly fromFile?: string;
  readonly dryRun?: boolean;
  readonly rate: number;
}

async function start(
  session: Session,
  requestId: string | undefined,
  { watch, fromFile, rate, campaign, dryRun, ...options }: StartOptions,
): Promise<ExitStatus> {
  const given = { ...options, ...(campaign !== undefined && { campaignId: campaign }) };
  const correlation = trackingInputSchema.shape.correlationId.safeParse(given.correlationId);
  if (!correlation.success) throw wrongUsage(`--correlation-id ${correlation.error.issues[0]?.message}.`);
  if ((requestId === undefined) === (fromFile === undefined)) {
    throw wrongUsage('Give a request id, or --from-file with many of them.');
  }
  if (fromFile !== undefined) return startMany(session, fromFile, given, { watch, dryRun, rate });
  const input = { ...given, requestId: requestId ?? '' };
  const tracker = await session.tracker();
  return startOne(session, tracker, input, { watch, dryRun });
}

type How = Pick<StartOptions, 'watch' | 'dryRun'>;

/** @throws CommandError `WRONG_USAGE`, `FILE_UNREADABLE`, `INVALID_IDS_FILE`, `STREAM_ID_MISSING`, before anything is started. */
async function startMany(
  session: Session,
  file: string,
  given: Omit<TrackingInput, 'requestId'>,
  { watch, dryRun, rate }: How & { readonly rate: number },
): Promise<ExitStatus> {
  const { campaignId } = given;
  if (watch && campaignId === undefined) {
    throw wrongUsage(
      '--watch of a file follows its campaign. Name it with --campaign, or leave --watch out.',
    );
  }
  const told = { name: `--from-file ${file}`, undone: 'Nothing was started.' };
  const ids = parseIdsFile(await readText(session, file, told), given);
  const tracker = await session.tracker();
  requireStreamIds(tracker.description, ids.inputs);
  if (dryRun) {
    await planFromFile(session, tracker, ids, campaignId);
    return EXIT.done;
  }
  const status = await startFromFile(session, tracker, ids, { campaignId, rate, watch });
  if (status !== EXIT.done || !watch || campaignId === undefined) return status;
  return watchCampaign(session, tracker, campaignId);
}

async function startOne(
  session: Session,
  tracker: Tracker,
  input: TrackingInput,
  { watch = false, dryRun = false }: How,
): Promise<ExitStatus> {
  const { requestId, campaignId } = input;
  const { stateMachine, deliveryLog, campaigns } = tracker;
  if (campaignId !== undefined && campaigns === undefined) throw noCampaigns();
  const known = trackingOf(await lookUp(stateMachine, deliveryLog, requestId)) !== undefined;
  if (!known) requireStreamIds(tracker.description, [input]);
  if (dryRun && !known) {
    session.print({ dryRun: true, wouldStart: true, ...input }, () => [
      `${requestId} would be tracked. Nothing was started.`,
    ]);
    return EXIT.done;
  }
  // The name makes a second start harmless; that it is one is known for certain only before.
  const { executionArn, alreadyTracked } = known
    ? { executionArn: undefined, alreadyTracked: true }
    : await startTracking(stateMachine.client, stateMachine.arn, input);
  if (!alreadyTracked) {
    session.printNext({ type: 'start', started: true, requestId, executionArn }, () => [
      `Tracking ${requestId}.${watch ? '' : ` To see it: ${session.command('watch', requestId)}`}`,
    ]);
  } else {
    const shown = await trackingToShow(session, tracker, requestId);
    session.printNext({ type: 'start', started: false, ...shown }, () => [
      `${requestId} is tracked already:`,
      ...trackingLines(shown, session.terminal, session),
      ...hintFor(session, shown.state, requestId),
    ]);
    if (shown.state !== 'running' || dryRun) return EXIT.done;
  }
  return watch ? watchTracking(session, tracker, requestId, INTERVAL_SECONDS) : EXIT.done;
}

function hintFor({ command }: Session, state: string, requestId: string): string[] {
  return ['failed', 'stopped', 'timed-out'].includes(state)
    ? [`To track it again: ${command('retrack', requestId)}`]
    : [];
}
