/** `start --from-file`: all of a file, and what became of it. Running the same command again goes on from there. */
import { readFileSync } from 'node:fs';
import { type StartedCampaign, startTracking } from '../../client/index.ts';
import type { TrackingInput } from '../../contract/tracking-input.ts';
import { wrongUsage } from '../command-error.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { Session } from '../session.ts';
import { ensureCampaign } from '../tracker/campaigns.ts';
import { batchProgress, batchText } from './batch-progress.ts';
import { parseIdsFile } from './ids-file.ts';
import { type Batch, batchOf, doneOf, startBatch } from './start-batch.ts';

/**
 * Where a campaign is given, it is started first, with as many notifications as the file has. Prints what was done, even where
 * the batch ends in an error.
 *
 * @throws CommandError `INVALID_IDS_FILE`, `NO_CAMPAIGNS` or `CAMPAIGN_DIFFERS`, before anything is started; or what every further
 * start would meet.
 */
export async function startFromFile(
  session: Session,
  file: string,
  defaults: Omit<TrackingInput, 'requestId'>,
  rate: number,
): Promise<ExitStatus> {
  const { inputs, repeated } = parseIdsFile(read(file), defaults);
  const { stateMachine, campaigns } = await session.tracker();
  const { campaignId } = defaults;
  const campaign =
    campaignId === undefined
      ? undefined
      : { campaignId, ...(await ensureCampaign(campaigns, campaignId, inputs.length)) };
  const { client, arn } = stateMachine;
  const batch = batchOf(inputs);
  const progress = batchProgress(session, batch);
  try {
    await startBatch(batch, (input) => startTracking(client, arn, input), {
      rate,
      signal: session.interrupted,
      onProgress: progress.update,
    });
  } finally {
    progress.end();
    const outcome = { batch, repeated, campaign };
    session.print(documentOf(outcome), () => summaryLines(outcome));
  }
  if (notStarted(batch) > 0) return EXIT.interrupted;
  return batch.failures.length > 0 ? EXIT.failed : EXIT.done;
}

interface Started {
  readonly batch: Batch;
  /** Lines that repeat another. */
  readonly repeated: number;
  readonly campaign: ({ readonly campaignId: string } & StartedCampaign) | undefined;
}

function notStarted(batch: Batch): number {
  return batch.inputs.length - doneOf(batch);
}

function documentOf({ batch, repeated, campaign }: Started) {
  const { inputs, started, alreadyTracked, failures } = batch;
  const counts = { total: inputs.length, started, alreadyTracked, failed: failures.length };
  return { ...(campaign && { campaign }), ...counts, notStarted: notStarted(batch), repeated, failures };
}

const MOST_SHOWN = 5;

function summaryLines({ batch, repeated, campaign }: Started): string[] {
  const { inputs, failures } = batch;
  const left = notStarted(batch);
  const rest = failures.length - MOST_SHOWN;
  return [
    ...(campaign
      ? [`The campaign ${campaign.campaignId} is ${campaign.alreadyTracked ? 'tracked already' : 'tracked'}.`]
      : []),
    `${inputs.length} notifications: ${batchText(batch)}${left > 0 ? `, ${left} not begun` : ''}.`,
    ...(repeated > 0 ? [`${repeated} lines repeated others.`] : []),
    ...(campaign && batch.alreadyTracked > 0
      ? ['Those already tracked count for the campaign only if they were started with its id.']
      : []),
    ...failures.slice(0, MOST_SHOWN).map(({ requestId, message }) => `  ${requestId}: ${message}`),
    ...(rest > 0 ? [`  and ${rest} more; --json lists them all`] : []),
    ...(left > 0 || failures.length > 0
      ? ['Run the same command again to start the rest; what is tracked is not started twice.']
      : []),
  ];
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw wrongUsage(`--from-file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
