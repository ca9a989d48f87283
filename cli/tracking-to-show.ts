/** All that is known of a notification: its tracking, and its rows. */
import { noSuchTracking } from './command-error.ts';
import { type ShownTracking, shownTracking } from './display/shown-tracking.ts';
import type { Session, Tracker } from './session.ts';
import { rowsOf } from './tracker/delivery-log-rows.ts';
import { lookUpTracking } from './tracker/executions/tracking.ts';

/** @throws CommandError `NO_SUCH_TRACKING`. */
export async function trackingToShow(
  { people }: Session,
  { stateMachine, deliveryLog }: Tracker,
  requestId: string,
): Promise<ShownTracking> {
  const [tracking, rows] = await Promise.all([
    lookUpTracking(stateMachine, deliveryLog, requestId),
    rowsOf(deliveryLog, requestId),
  ]);
  if (tracking === undefined && rows.length === 0) throw noSuchTracking(requestId);
  return shownTracking(tracking ?? { requestId, state: 'unknown' }, rows, people);
}
