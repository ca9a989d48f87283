/** The end of a campaign, made durable before it is told (tell-end.ts). */
import { CAMPAIGN_DETAIL_TYPES } from '../../../contract/event/event-names.ts';
import { type Attempted, expectObstacle } from '../../check-delivery/obstacle.ts';
import { rowOfEnd } from '../../check-delivery/rows/row-of-end.ts';
import type { Ended, Execution } from '../invocation.ts';
import { type CampaignMoment, isPatient } from '../schedule/moment.ts';
import type { CampaignWorld } from '../world.ts';
import { endedWith } from './campaign-event.ts';

/** What ends the execution. */
export interface RecordedEnd {
  readonly ended: Ended;
  /** It was recorded before, and not by this check. */
  readonly isRepeat: boolean;
}

/** Our end, or the one that was recorded before it; the obstacle where no row could be written, and there is still time. */
export async function recordEnd(
  ours: Ended,
  execution: Execution,
  moment: CampaignMoment,
  retentionDays: number,
  { finalEvents, log }: Pick<CampaignWorld, 'finalEvents' | 'log'>,
): Promise<Attempted<RecordedEnd>> {
  const first = { value: { ended: ours, isRepeat: false } };
  const row = rowOfEnd(ours, CAMPAIGN_DETAIL_TYPES, { now: moment.now, retentionDays });
  const attempted = await expectObstacle(finalEvents.record(row), log);
  if (attempted.obstacle !== undefined) return isPatient(moment) ? attempted : first;
  const won = attempted.value;
  if (won.detail === row.detail) return first;
  const ended = endedWith(won.outcome, JSON.parse(won.detail));
  if (!isOf(execution, ended)) return first;
  log.warn('the end was recorded before', { outcome: won.outcome });
  return { value: { ended, isRepeat: true } };
}

/** Step Functions takes a name again after 90 days (AWS docs, StartExecution), and the row of the one before may still be there. */
function isOf({ startedAt }: Execution, { detail }: Ended): boolean {
  const recorded = detail.data.startedAt;
  return recorded === undefined || recorded === new Date(startedAt).toISOString();
}
