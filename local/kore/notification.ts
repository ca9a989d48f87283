/** A simulated notification: what Kore.ai would say of it at any moment. */
import { createHash } from 'node:crypto';
import type { Course } from './scenario.ts';

export interface SentNotification {
  readonly requestId: string;
  readonly streamId: string;
  readonly recipients: number;
  readonly course: Course;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

/** Fields as in Kore.ai's sample (docs, Proactive Notification Status API V2). */
interface StatusLog {
  readonly _id: string;
  readonly [field: string]: unknown;
}

export interface StatusBody {
  readonly statusLogs: readonly StatusLog[];
  readonly count: number;
  readonly status: 'IN_PROGRESS' | 'SUCCESS' | 'PARTIAL_SUCCESS' | 'FAILURE';
  readonly streamId: string;
}

/** Seconds since 1970 etc. never matter here: only how long ago it was sent. */
export function statusBody(notification: SentNotification, now: number): StatusBody {
  const { recipients, streamId } = notification;
  const share = shareOf(notification, now);
  const done = Math.min(recipients, Math.floor(share * recipients));
  const statusLogs = Array.from({ length: done }, (_, index) => statusLog(notification, index));
  const failed = statusLogs.filter(({ status }) => status === 'FAILURE').length;
  return { statusLogs, count: done, status: wordFor(done, failed, recipients), streamId };
}

/** How much of the course lies behind, from 0 to above 1. */
export function shareOf({ sentAt, course }: SentNotification, now: number): number {
  return (now - sentAt) / 1000 / course.durationSeconds;
}

function wordFor(done: number, failed: number, recipients: number): StatusBody['status'] {
  if (done < recipients) return 'IN_PROGRESS';
  if (failed === 0) return 'SUCCESS';
  return failed === recipients ? 'FAILURE' : 'PARTIAL_SUCCESS';
}

const FAILURE_REASONS = [
  'Identity is not associated with the channel',
  'The recipient did not answer the call',
  'The number is not reachable',
];

function statusLog(
  { requestId, streamId, recipients, course, sentAt }: SentNotification,
  index: number,
): StatusLog {
  const address = `recipient.${String(index + 1).padStart(4, '0')}@example.com`;
  const deliveredAt = sentAt + ((index + 1) / recipients) * course.durationSeconds * 1000;
  const common = {
    _id: idOf('nl', requestId, index),
    streamId,
    channel: 'ivr',
    originalId: address,
    requestId,
    createdBy: idOf('u', requestId, -1),
    createdOn: new Date(deliveredAt).toISOString(),
    __v: 0,
  };
  if (course.fails(index)) {
    return { ...common, status: 'FAILURE', comments: FAILURE_REASONS[index % FAILURE_REASONS.length] };
  }
  return {
    ...common,
    status: 'SUCCESS',
    comments: 'Notification has been sent successfully',
    messagestoreId: idOf('ms', requestId, index),
    koreId: idOf('u', requestId, index),
    channelId: address,
  };
}

/** An id in Kore's form, the same at every call. */
function idOf(prefix: string, requestId: string, index: number): string {
  const hex = createHash('sha256').update(`${prefix} ${requestId} ${index}`).digest('hex');
  return `${prefix}-${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')}`;
}
