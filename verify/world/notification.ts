/** Request ids that tell the stand-in for Kore.ai how a delivery goes, so that it needs no memory. */
import { randomBytes } from 'node:crypto';

export interface MadeUpNotification {
  /** Seconds from its sending until all recipients are dealt with. */
  readonly seconds: number;
  readonly recipients: number;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

export const STREAM_ID = 'st-verify';

/** The input of a tracking, for a notification that is sent now. */
export function newNotification(seconds: number, recipients = 8) {
  const sent = Math.floor(Date.now() / 1000);
  const requestId = `ds-${seconds}s-${recipients}r-${sent}-${randomBytes(3).toString('hex')}x`;
  return { requestId, streamId: STREAM_ID, recipients };
}

export function notificationFrom(requestId: string): MadeUpNotification | undefined {
  const [, seconds, recipients, sent] = /^ds-(\d+)s-(\d+)r-(\d+)-/.exec(requestId) ?? [];
  if (seconds === undefined) return undefined;
  return { seconds: Number(seconds), recipients: Number(recipients), sentAt: Number(sent) * 1000 };
}
