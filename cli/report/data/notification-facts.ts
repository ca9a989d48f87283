/** One notification of a report: its state, its numbers and how long it took. */
import { type Counts, noCounts } from '../../../contract/counts.ts';
import { printable } from '../../text/printable.ts';
import type { ReportedNotification } from './subject.ts';

export interface NotificationFacts {
  readonly requestId: string;
  readonly state: ReportedNotification['state'];
  readonly reached: number;
  readonly notReached: number;
  readonly undecided: number;
  /** Recipients of whom nothing is known; absent where nobody said how many there are. */
  readonly notHeardOf: number | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** When Kore.ai reported the latest outcome of a recipient. */
  readonly heardAt: number | undefined;
  /** From the start of its tracking to its end. */
  readonly seconds: number | undefined;
  readonly errorCode: string | undefined;
}

export function notificationFacts(
  notification: ReportedNotification,
  { total, delivered, failed }: Counts = noCounts(),
  heardAt?: number,
): NotificationFacts {
  const { requestId, state, recipients, durationSeconds, errorCode } = notification;
  const isComplete = state === 'complete';
  return {
    requestId: printable(requestId),
    state: STATES.has(state) ? state : 'unknown',
    reached: delivered,
    notReached: failed,
    undecided: total - delivered - failed,
    notHeardOf: isWhole(recipients) ? Math.max(0, recipients - total) : isComplete ? 0 : undefined,
    startedAt: timeOf(notification.startedAt),
    endedAt: timeOf(notification.endedAt),
    heardAt,
    seconds: isWhole(durationSeconds) ? durationSeconds : undefined,
    errorCode: errorCode !== undefined && CODE.test(errorCode) ? errorCode : undefined,
  };
}

const STATES: ReadonlySet<string> = new Set(['running', 'complete', 'timed-out', 'failed', 'stopped']);
/** Whatever is no code of ours may be a text of others. */
const CODE = /^[A-Z][A-Z_]{1,60}$/;

/** Others may have written it. */
export function isWhole(number: unknown): number is number {
  return typeof number === 'number' && Number.isFinite(number) && number >= 0;
}

function timeOf(time: unknown): number | undefined {
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
