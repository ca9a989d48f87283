/** Trackings that run, and the latest checks of some of them. */
import type { Session } from '../../session.ts';
import { runningAttempts, type StateMachine } from '../../tracker/executions/attempts.ts';
import { inLanes } from '../../tracker/executions/details.ts';
import { turns } from '../../tracker/executions/paced.ts';
import { checksAfter } from '../../tracker/executions/seen-checks.ts';
import type { RunningRead } from '../examinations/running-trackings.ts';

/** Step Functions answers so many requests at once (../../tracker/executions/paced.ts), and an obstacle is seldom that of one. */
const MOST_ASKED = 50;

export async function readRunning(
  stateMachine: StateMachine,
  { clock, interrupted }: Pick<Session, 'clock' | 'interrupted'>,
): Promise<RunningRead> {
  const attempts = await runningAttempts(stateMachine);
  const turn = turns(clock, interrupted);
  const asked = await inLanes(spread(attempts, MOST_ASKED), async ({ requestId, executionArn }) => {
    await turn();
    return { requestId, checks: await checksAfter(stateMachine, executionArn, 0) };
  });
  return { running: attempts.length, asked };
}

/** As many as that, from the first to the last: old ones are held for other reasons than new ones. */
export function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => items[Math.round(index * step)] as T);
}
