/** The state of an execution until its next check. */
import { deadlineOf } from '../schedule/moment.ts';
import type { Tracked, Waiting } from './invocation.ts';

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

/** A time as Step Functions reads it: whole seconds in UTC, rounded up, because it drops milliseconds and would wake early. */
export function toTimestamp(time: number): string {
  return new Date(Math.ceil(time / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
