/** The telling of a campaign's end: first the one truth of its execution, then the campaign's row, then the event. */
import { type Attempted, expectObstacle } from '../../check-delivery/obstacle.ts';
import type { Ended, Execution } from '../invocation.ts';
import { endedRow, type FollowedCampaign } from '../rows/campaign-row.ts';
import { type CampaignMoment, isPatient } from '../schedule/moment.ts';
import type { CampaignWorld } from '../world.ts';
import { recordEnd } from './record-end.ts';

export interface Told {
  /** What ends the execution, or the obstacle for which the event still waits. */
  readonly end: Attempted<Ended>;
  /** The end, where this check recorded it. */
  readonly recorded?: Ended | undefined;
}

/** @param followed whose row is brought to its end; none where the campaign's id is that of another, or not known. */
export async function tellEnd(
  ours: Ended,
  execution: Execution,
  followed: FollowedCampaign | undefined,
  moment: CampaignMoment,
  { retentionDays }: { readonly retentionDays: number },
  world: CampaignWorld,
): Promise<Told> {
  const attempted = await recordEnd(ours, execution, moment, retentionDays, world);
  if (attempted.obstacle !== undefined) return { end: attempted };
  const { ended, isRepeat } = attempted.value;
  const recorded = isRepeat ? undefined : ended;
  if (followed === undefined) return { end: { value: ended }, recorded };
  const saving = { now: world.now(), retentionDays };
  const saved = await expectObstacle(saveEnd(followed, ended, saving, world), world.log);
  const isHeldUp = saved.obstacle !== undefined && isPatient(moment);
  return { end: isHeldUp ? { obstacle: saved.obstacle } : { value: ended }, recorded };
}

/** Where it is another execution's, it is left alone. */
async function saveEnd(
  followed: FollowedCampaign,
  ended: Ended,
  saving: { readonly now: number; readonly retentionDays: number },
  { campaigns }: Pick<CampaignWorld, 'campaigns'>,
): Promise<void> {
  const hasNumbers = ended.detail.data.notifications !== undefined;
  const there = hasNumbers ? undefined : await campaigns.rowOf(followed.campaignId);
  await campaigns.saveRow(endedRow(followed, ended, there, saving));
}
