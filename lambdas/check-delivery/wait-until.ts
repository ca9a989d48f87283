/** The state of an execution until its next check. */
import { deadlineOf } from './deadline.ts';
import type { Tracked, Waiting } from './invocation.ts';
import { toTimestamp } from './schedule.ts';

/**
 * @param time milliseconds since 1970.
 * @param more what else the next check needs to know.
 */
export function waitUntil(
  time: number,
  { execution, request, progress, failures }: Tracked,
  settings: { readonly deadlineSeconds: number },
  more: Pick<Waiting, 'reservation' | 'obstacle' | 'end'> = {},
): Waiting {
  return {
    outcome: 'waiting',
    nextCheckAt: toTimestamp(time),
    request,
    progress,
    ...more,
    deadlineAt: toTimestamp(deadlineOf(execution, settings)),
    ...(failures !== undefined && { failures }),
  };
}
