/** The telling of an end that is recorded: first the notification's summary, then the event. Kore is not asked again. */
import type { CheckResult, Ended, Tracked } from '../invocation/invocation.ts';
import { waitUntil } from '../invocation/wait-until.ts';
import { expectObstacle, type Obstacle } from '../obstacle.ts';
import { isPatient, momentOf, triedAgainAt } from '../schedule/moment.ts';
import type { World } from '../world.ts';
import { summaryOf } from './final-event.ts';

export interface TellingSettings {
  readonly deadlineSeconds: number;
  readonly retentionDays: number;
}

type TellingWorld = Pick<World, 'deliveryLog' | 'now' | 'log'>;

/**
 * The end, which makes the state machine publish. It waits for the summary until some minutes after the deadline; then the event
 * goes out all the same.
 */
export async function tellEnd(
  ended: Ended,
  tracked: Tracked,
  settings: TellingSettings,
  world: TellingWorld,
): Promise<CheckResult> {
  const obstacle = await saveSummary(ended, settings, world);
  return obstacle === undefined ? ended : tellLater(ended, obstacle, tracked, settings, world);
}

/** The state in which the end waits for what the obstacle kept from it; the end itself where it has waited long enough. */
export function tellLater(
  ended: Ended,
  obstacle: Obstacle,
  tracked: Tracked,
  settings: TellingSettings,
  { now }: Pick<World, 'now'>,
): CheckResult {
  const moment = momentOf(tracked.execution, settings, now());
  if (!isPatient(moment, settings)) return ended;
  const end = { outcome: ended.outcome, detail: JSON.stringify(ended.detail) };
  return waitUntil(triedAgainAt(moment, settings), tracked, settings, { obstacle: obstacle.code, end });
}

/** Returns the obstacle where the summary could not be saved. */
export async function saveSummary(
  { detail, outcome }: Ended,
  { retentionDays }: Pick<TellingSettings, 'retentionDays'>,
  { deliveryLog, now, log }: TellingWorld,
): Promise<Obstacle | undefined> {
  const summary = summaryOf(detail, outcome, { now: now(), retentionDays });
  return (await expectObstacle(deliveryLog.saveSummary(summary), log)).obstacle;
}
