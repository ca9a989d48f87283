/** `retrack --campaign`, `retrack --since`: another attempt at each notification that ended so. Running it again goes on. */
import { type StartedTracking, startTracking } from '../../client/index.ts';
import type { TrackingInput } from '../../contract/tracking-input.ts';
import type { ExitStatus } from '../exit-status.ts';
import { interruptible } from '../interruptible.ts';
import type { Session, Tracker } from '../session.ts';
import { requireStreamIds } from '../tracker/require-stream-ids.ts';
import { batchDocument, batchLines, batchStatus } from './batch-outcome.ts';
import { batchProgress } from './batch-progress.ts';
import { factsOn, idsOf, isNeedless, nextOf, nothingToTrack, type Which } from './retracking.ts';
import { batchOf, startBatch } from './start-batch.ts';

/** @throws CommandError `NO_SUCH_CAMPAIGN`, before anything is started; or what every further start would meet. */
export async function retrackMany(
  session: Session,
  tracker: Tracker,
  which: Which,
  changes: Pick<TrackingInput, 'streamId'>,
  rate: number,
): Promise<ExitStatus> {
  const campaign = 'campaignId' in which ? { campaignId: which.campaignId } : {};
  const ids = await interruptible(session, allOf(idsOf(session, tracker, which)));
  const batch = batchOf(ids.map((requestId) => ({ requestId })));
  const progress = batchProgress(session, batch);
  try {
    await startBatch(batch, ({ requestId }) => retrackOne(tracker, requestId, { ...changes, ...campaign }), {
      rate,
      signal: session.interrupted,
      onProgress: progress.update,
    });
  } finally {
    progress.end();
    session.print({ ...factsOn(which), ...batchDocument(batch) }, () =>
      ids.length === 0 ? [nothingToTrack(which)] : batchLines(batch, linesOn(session, which)),
    );
  }
  return batchStatus(batch);
}

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function linesOn({ command }: Session, which: Which): string[] {
  return 'campaignId' in which
    ? [
        `The campaign's event is not sent again if it has ended. To count the new ends: ${command('campaign', which.campaignId)}`,
      ]
    : [
        `To go on with the same ones later, give the same time: --since ${new Date(which.since).toISOString()}`,
      ];
}

async function retrackOne(
  tracker: Tracker,
  requestId: string,
  changes: Partial<TrackingInput>,
): Promise<StartedTracking> {
  const next = await nextOf(tracker, requestId);
  if ('code' in next) {
    if (isNeedless(next)) return { executionArn: '', alreadyTracked: true };
    throw next;
  }
  const input = { ...next.input, ...changes, requestId };
  requireStreamIds(tracker.description, [input]);
  const { client, arn } = tracker.stateMachine;
  return startTracking(client, arn, input, next.attempt);
}
