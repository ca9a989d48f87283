/** `start --from-file`: all of a file, and what became of it. Running the same command again goes on from there. */
import { type StartedCampaign, startTracking } from '../../client/index.ts';
import type { ExitStatus } from '../exit-status.ts';
import type { Session, Tracker } from '../session.ts';
import { ensureCampaign, plannedCampaign } from '../tracker/campaigns.ts';
import { batchDocument, batchLines, batchStatus } from './batch-outcome.ts';
import { batchProgress } from './batch-progress.ts';
import type { IdsFile } from './ids-file.ts';
import { type Batch, batchOf, startBatch } from './start-batch.ts';

export interface BatchOptions {
  readonly campaignId?: string | undefined;
  /** Starts in a second, at most. */
  readonly rate: number;
  readonly watch?: boolean | undefined;
}

/**
 * Where a campaign is given, it is started first, with as many notifications as the file has. Prints what was done, even where
 * the batch ends in an error.
 *
 * @throws CommandError `NO_CAMPAIGNS` or `CAMPAIGN_DIFFERS`, before anything is started; or what every further start would meet.
 */
export async function startFromFile(
  session: Session,
  { stateMachine, campaigns }: Tracker,
  { inputs, repeated }: IdsFile,
  { campaignId, rate, watch }: BatchOptions,
): Promise<ExitStatus> {
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
    const { failures, ...counts } = batchDocument(batch);
    const document = { ...(campaign && { campaign }), ...counts, repeated, failures };
    const lines = () => [
      ...beginningText(campaign),
      ...batchLines(batch, factsOf(batch, repeated, campaign)),
    ];
    // What is watched follows, a document a line.
    if (watch) session.printNext({ type: 'start', ...(campaignId && { campaignId }), ...document }, lines);
    else session.print(document, lines);
  }
  return batchStatus(batch);
}

/**
 * Says what `startFromFile` would start; starts nothing.
 *
 * @throws CommandError `NO_CAMPAIGNS` or `CAMPAIGN_DIFFERS`.
 */
export async function planFromFile(
  session: Session,
  { campaigns }: Tracker,
  { inputs, repeated }: IdsFile,
  campaignId: string | undefined,
): Promise<void> {
  const planned =
    campaignId === undefined ? undefined : await plannedCampaign(campaigns, campaignId, inputs.length);
  const campaign = campaignId === undefined ? undefined : { campaignId, ...planned };
  session.print({ dryRun: true, ...(campaign && { campaign }), total: inputs.length, repeated }, () => [
    ...(campaign === undefined
      ? []
      : [
          `The campaign ${campaignId} ${campaign.alreadyTracked ? 'is tracked already' : 'would be tracked'}, with ${inputs.length} notifications.`,
        ]),
    `${inputs.length} notifications would be started, unless they are tracked already. Nothing was started.`,
    ...repeatedLines(repeated),
  ]);
}

type CampaignOfBatch = ({ readonly campaignId: string } & StartedCampaign) | undefined;

function beginningText(campaign: CampaignOfBatch): string[] {
  return campaign === undefined
    ? []
    : [`The campaign ${campaign.campaignId} is ${campaign.alreadyTracked ? 'tracked already' : 'tracked'}.`];
}

function factsOf({ alreadyTracked }: Batch, repeated: number, campaign: CampaignOfBatch): string[] {
  return [
    ...repeatedLines(repeated),
    ...(campaign && alreadyTracked > 0
      ? ['Those already tracked count for the campaign only if they were started with its id.']
      : []),
  ];
}

function repeatedLines(repeated: number): string[] {
  return repeated > 0 ? [`${repeated} lines repeated others.`] : [];
}
