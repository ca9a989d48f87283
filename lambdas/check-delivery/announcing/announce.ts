/** Failures that a check is the first to see: announced before the execution goes on. */
import type { RecipientsNotReachedDetail } from '../../../contract/event/recipients-not-reached.ts';
import { tellLater } from '../ending/tell-end.ts';
import type { CheckAnswer, CheckResult, Tracked } from '../invocation/invocation.ts';
import { expectObstacle } from '../obstacle.ts';
import type { World } from '../world.ts';
import { newFailures } from './new-failures.ts';

interface AnnouncingSettings {
  readonly deadlineSeconds: number;
  readonly retentionDays: number;
  readonly tableArn: string;
}

interface Seen extends Tracked {
  /** Keys of all rows with the status `FAILURE`, where this check has read the table. */
  readonly notReached?: readonly string[] | undefined;
}

type AnnouncingWorld = Pick<World, 'deliveryLog' | 'now' | 'log'>;

/**
 * The result, after an announcement where there is something to announce. Before an end the table is read where it was not yet, so
 * that every failure in it is announced first; the end waits for that as long as it does for its summary.
 */
export async function announce(
  result: CheckResult,
  seen: Seen,
  settings: AnnouncingSettings,
  world: AnnouncingWorld,
): Promise<CheckAnswer> {
  if (seen.notReached !== undefined || result.outcome === 'waiting') {
    return withAnnouncement(result, seen.notReached ?? [], seen, settings, world.now());
  }
  const { requestId } = seen.request;
  const read = await expectObstacle(world.deliveryLog.notReached(requestId), world.log);
  if (read.obstacle === undefined) return withAnnouncement(result, read.value, seen, settings, world.now());
  const later = tellLater(result, read.obstacle, seen, settings, world);
  if (later.outcome !== 'waiting') {
    world.log.warn('failures may not be announced', { code: read.obstacle.code });
  }
  return later;
}

function withAnnouncement(
  result: CheckResult,
  notReached: readonly string[],
  { execution, request, progress }: Tracked,
  { tableArn }: AnnouncingSettings,
  now: number,
): CheckAnswer {
  const isEnd = result.outcome !== 'waiting';
  const { announced: announcedBefore = '' } = progress;
  const found = newFailures(notReached, announcedBefore, isEnd);
  if (found === undefined) return result;
  const { requestId, streamId, campaignId, correlationId } = request;
  const detail: RecipientsNotReachedDetail = {
    metadata: {
      id: `${execution.id}#${progress.checks}`,
      version: '1',
      timestamp: new Date(now).toISOString(),
      ...(campaignId !== undefined && { campaignId }),
      ...(correlationId !== undefined && { correlationId }),
    },
    data: {
      requestId,
      ...(streamId !== undefined && { streamId }),
      logIds: [...found.logIds],
      count: found.count,
      more: found.more,
      deliveryLog: { tableArn, partitionKey: requestId },
    },
  };
  const { announced } = found;
  const then = isEnd ? result : { ...result, progress: { ...progress, ...result.progress, announced } };
  return { outcome: 'announcing', detail, then, announcedBefore };
}
