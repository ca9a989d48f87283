/** What lists of executions leave out: the bot, the campaign and the end of an attempt, and how far it is. */
import { type Attempt, describeAttempt, type StateMachine } from './attempts.ts';
import { checksAfter } from './seen-checks.ts';
import { type Tracking, trackingOf } from './tracking.ts';

/** So many are asked for side by side. */
export const DETAILS_AT_ONCE = 10;

/** Two requests for an attempt, one where it succeeded. */
export async function detailsOf(
  stateMachine: StateMachine,
  listed: Attempt,
  turn: () => Promise<void>,
): Promise<Tracking> {
  await turn();
  const attempt = (await describeAttempt(stateMachine, listed.executionArn)) ?? listed;
  const { executionArn, status } = attempt;
  const [latestCheck] = status === 'SUCCEEDED' ? [] : await checksAfter(stateMachine, executionArn, 0, 1);
  const tracking = trackingOf({ attempt, summary: undefined, latestCheck });
  return tracking ?? { requestId: attempt.requestId, state: 'unknown' };
}

/** In the order of the items. */
export async function inLanes<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(DETAILS_AT_ONCE, items.length) }, lane));
  return results;
}
