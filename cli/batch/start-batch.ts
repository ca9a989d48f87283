/** `start --from-file`: all of a file, and what became of it. Running the same command again goes on from there. */
import { readFileSync } from 'node:fs';
import { startTracking } from '../../client/index.ts';
import type { TrackingInput } from '../../contract/tracking-input.ts';
import { wrongUsage } from '../command-error.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { Session } from '../session.ts';
import { type Campaign, doneOf, startCampaign } from './batch.ts';
import { campaignProgress, campaignText } from './batch-progress.ts';
import { parseIdsFile } from './ids-file.ts';

/** @throws CommandError `INVALID_IDS_FILE`, before anything is started. */
export async function startFromFile(
  session: Session,
  file: string,
  defaults: Omit<TrackingInput, 'requestId'>,
  rate: number,
): Promise<ExitStatus> {
  const { inputs, repeated } = parseIdsFile(read(file), defaults);
  const { client, arn } = (await session.tracker()).stateMachine;
  const progress = campaignProgress(session, inputs.length);
  const campaign = await startCampaign(inputs, (input) => startTracking(client, arn, input), {
    rate,
    signal: session.interrupted,
    onProgress: (soFar) => progress.update(soFar),
  });
  progress.end();
  const notStarted = campaign.total - doneOf(campaign);
  session.print(documentOf(campaign, notStarted, repeated), () =>
    summaryLines(campaign, notStarted, repeated),
  );
  if (campaign.endedBy !== undefined) throw campaign.endedBy;
  if (notStarted > 0) return EXIT.interrupted;
  return campaign.failures.length > 0 ? EXIT.failed : EXIT.done;
}

function documentOf(
  { total, started, alreadyTracked, failures }: Campaign,
  notStarted: number,
  repeated: number,
) {
  return { total, started, alreadyTracked, failed: failures.length, notStarted, repeated, failures };
}

const MOST_SHOWN = 5;

function summaryLines(campaign: Campaign, notStarted: number, repeated: number): string[] {
  const { total, failures } = campaign;
  const rest = failures.length - MOST_SHOWN;
  return [
    `${total} notifications: ${campaignText(campaign)}${notStarted > 0 ? `, ${notStarted} not begun` : ''}.`,
    ...(repeated > 0 ? [`${repeated} lines repeated others.`] : []),
    ...failures.slice(0, MOST_SHOWN).map(({ requestId, message }) => `  ${requestId}: ${message}`),
    ...(rest > 0 ? [`  and ${rest} more; --json lists them all`] : []),
    ...(notStarted > 0 || failures.length > 0
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
