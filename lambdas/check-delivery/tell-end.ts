/** The telling of an end that is recorded: first the notification's summary, then the event. Kore is asked no more. */
import { patientUntil, triedAgainAt } from './deadline.ts';
import { summaryOf } from './final-event.ts';
import type { CheckResult, Ended, Tracked } from './invocation.ts';
import { expectObstacle } from './look.ts';
import type { Obstacle } from './obstacle.ts';
import { waitUntil } from './wait-until.ts';
import type { World } from './world.ts';

interface TellingSettings {
  readonly deadlineSeconds: number;
  readonly retentionDays: number;
}

/**
 * The end, which makes the state machine publish. It waits for the summary until some minutes after the deadline; then the event
 * goes out all the same.
 */
export async function tellEnd(
  ended: Ended,
  tracked: Tracked,
  settings: TellingSettings,
  world: World,
): Promise<CheckResult> {
  const obstacle = await saveSummary(ended, settings, world);
  const now = world.now();
  const { execution } = tracked;
  if (obstacle === undefined || now >= patientUntil(execution, settings)) return ended;
  const end = { outcome: ended.outcome, detail: JSON.stringify(ended.detail) };
  return waitUntil(triedAgainAt(execution, settings, now), tracked, settings, {
    obstacle: obstacle.code,
    end,
  });
}

/** Returns the obstacle where the summary could not be saved. */
export async function saveSummary(
  { detail, outcome }: Ended,
  { retentionDays }: Pick<TellingSettings, 'retentionDays'>,
  { deliveryLog, now, log }: World,
): Promise<Obstacle | undefined> {
  const summary = summaryOf(detail, outcome, { now: now(), retentionDays });
  return (await expectObstacle(deliveryLog.saveSummary(summary), log)) ?? undefined;
}
