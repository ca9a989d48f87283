/** The end of a tracking, made durable before it is told (tell-end.ts). */
import type { Ended } from './invocation.ts';
import { expectObstacle } from './look.ts';
import type { Obstacle } from './obstacle.ts';
import { endedBy, finalEventRow } from './rows/final-event-row.ts';
import type { World } from './world.ts';

/** What ends the execution. */
export interface RecordedEnd {
  readonly ended: Ended;
  /** It was recorded before, by whoever it was, and not by this check. */
  readonly isRepeat: boolean;
}

interface Kept {
  readonly retentionDays: number;
}

/**
 * Our end, or the one that was recorded before it; the obstacle where no row could be written. An event that no row holds may be
 * contradicted later, so only the last end lets it out.
 *
 * @param now milliseconds since 1970, as is `lastEndAt`.
 */
export async function recordEnd(
  ours: Ended,
  { now, lastEndAt }: { readonly now: number; readonly lastEndAt: number },
  { retentionDays }: Kept,
  { finalEvents, log }: World,
): Promise<RecordedEnd | Obstacle> {
  const row = finalEventRow(ours, { now, retentionDays });
  const won = await expectObstacle(finalEvents.record(row), log);
  if ('code' in won) return now < lastEndAt ? won : { ended: ours, isRepeat: false };
  if (won.detail === row.detail) return { ended: ours, isRepeat: false };
  log.warn('the end was recorded before', { outcome: won.outcome });
  return { ended: endedBy(won), isRepeat: true };
}
