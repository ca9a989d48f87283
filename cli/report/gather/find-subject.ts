/** Finds what a report is about: a campaign, or else a notification, of that id. */
import { CommandError } from '../../command-error.ts';
import { EXIT } from '../../exit-status.ts';
import type { Tracker } from '../../session.ts';
import { lookUpTracking } from '../../tracker/executions/tracking.ts';
import type { Subject } from '../data/subject.ts';
import { campaignSubject } from './campaign-subject.ts';
import { reportedNotification } from './reported-notification.ts';
import { hasRows } from './row-pages.ts';

/**
 * @param now milliseconds since 1970.
 * @throws CommandError `NOTHING_TO_REPORT`.
 */
export async function findSubject(tracker: Tracker, id: string, now: number): Promise<Subject> {
  const found = (await campaignSubject(tracker, id, now)) ?? (await notificationSubject(tracker, id));
  if (found !== undefined) return found;
  throw new CommandError(
    'NOTHING_TO_REPORT',
    EXIT.notFound,
    `Nothing is known of ${id}: no campaign and no notification of the last 90 days has this id, and no row in the table. Check the id among the latest.`,
    [],
    [['list']],
  );
}

async function notificationSubject(
  { stateMachine, deliveryLog }: Tracker,
  requestId: string,
): Promise<Subject | undefined> {
  const tracking = await lookUpTracking(stateMachine, deliveryLog, requestId);
  if (tracking === undefined && !(await hasRows(deliveryLog, requestId))) return undefined;
  const { state, startedAt, endedAt } = tracking ?? { state: 'unknown' };
  return {
    ...{ kind: 'notification', id: requestId, isOver: state !== 'running', startedAt, endedAt },
    notifications: [
      tracking === undefined ? { requestId, state: 'unknown' } : reportedNotification(tracking),
    ],
  };
}
