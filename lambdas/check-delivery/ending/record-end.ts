/** The end of a tracking, made durable before it is told (tell-end.ts). */
import type { Ended } from '../invocation/invocation.ts';
import { type Attempted, expectObstacle } from '../obstacle.ts';
import type { Moment } from '../schedule/moment.ts';
import type { World } from '../world.ts';
import { endedBy, finalEventRow } from './final-event-row.ts';

/** What ends the execution. */
export interface RecordedEnd {
  readonly ended: Ended;
  /** It was recorded before, and not by this check. */
  readonly isRepeat: boolean;
}

interface Kept {
  readonly retentionDays: number;
}

/**
 * Our end, or the one that was recorded before it; the obstacle where no row could be written. An event that no row holds may be
 * contradicted later, so only the last end lets it out.
 */
export async function recordEnd(
  ours: Ended,
  { now, lastEndAt }: Moment,
  { retentionDays }: Kept,
  { finalEvents, log }: Pick<World, 'finalEvents' | 'log'>,
): Promise<Attempted<RecordedEnd>> {
  const row = finalEventRow(ours, { now, retentionDays });
  const attempted = await expectObstacle(finalEvents.record(row), log);
  if (attempted.obstacle !== undefined) {
    return now < lastEndAt ? attempted : { value: { ended: ours, isRepeat: false } };
  }
  const won = attempted.value;
  if (won.detail === row.detail) return { value: { ended: ours, isRepeat: false } };
  log.warn('the end was recorded before', { outcome: won.outcome });
  return { value: { ended: endedBy(won), isRepeat: true } };
}
