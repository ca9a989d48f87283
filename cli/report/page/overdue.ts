/** Notifications that still run, and for how long: some for longer than the others of the campaign lead one to expect. */
import type { NotificationFacts } from '../data/notification-facts.ts';
import type { ReportData } from '../data/report-data.ts';

/** More recipients take longer, but hardly so many times as long as the slowest that completed. */
const SUSPICIOUS_FACTOR = 5;

export interface Running {
  /** Longest first. */
  readonly overdue: readonly NotificationFacts[];
  readonly others: readonly NotificationFacts[];
  /** Beside which the first are overdue: one that timed out, else the slowest that completed. */
  readonly yardstick: NotificationFacts | undefined;
}

export function runningOf({ notifications, madeAt }: ReportData): Running {
  const timed = notifications.filter(({ seconds }) => seconds !== undefined).sort(longestFirst);
  const timedOut = timed.findLast(({ state }) => state === 'timed-out');
  const slowest = timed.find(({ state }) => state === 'complete');
  const longest = (slowest?.seconds || Number.POSITIVE_INFINITY) * SUSPICIOUS_FACTOR;
  const limit = Math.min(timedOut?.seconds ?? Number.POSITIVE_INFINITY, longest);
  const running = notifications.filter(({ state }) => state === 'running');
  const isOverdue = (one: NotificationFacts) => (secondsSoFar(one, madeAt) ?? 0) > limit;
  return {
    overdue: running.filter(isOverdue).sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0)),
    others: running.filter((one) => !isOverdue(one)),
    yardstick: timedOut?.seconds === limit ? timedOut : slowest,
  };
}

/** @param now milliseconds since 1970. */
export function secondsSoFar({ startedAt }: NotificationFacts, now: number): number | undefined {
  return startedAt === undefined ? undefined : Math.max(0, (now - startedAt) / 1000);
}

function longestFirst(a: NotificationFacts, b: NotificationFacts): number {
  return (b.seconds ?? 0) - (a.seconds ?? 0);
}
