/** A tracking as a report needs it. */
import type { Summary } from '../../../contract/delivery-log-row.ts';
import { type Tracking, trackingOf } from '../../tracker/executions/tracking.ts';
import type { ReportedNotification } from '../data/subject.ts';

export function reportedNotification(tracking: Tracking): ReportedNotification {
  const { requestId, state, recipients, counts, startedAt, endedAt, durationSeconds, error } = tracking;
  const errorCode = typeof error?.code === 'string' ? error.code : undefined;
  return {
    ...{ requestId, state, startedAt, endedAt, durationSeconds, errorCode },
    recipients: recipients ?? counts?.expected,
  };
}

/** What a summary says of an end. */
export function endIn(summary: Summary): ReportedNotification | undefined {
  const tracking = trackingOf({ attempt: undefined, summary });
  return tracking && reportedNotification(tracking);
}
