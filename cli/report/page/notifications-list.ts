/** The notifications in columns, as the page's script shows them; `null` is what nobody knows. */
import type { NotificationFacts } from '../data/notification-facts.ts';
import type { ReportData } from '../data/report-data.ts';
import { recipientsIn } from './outcome.ts';
import { secondsSoFar } from './overdue.ts';
import { duration, number, share, stateText } from './words.ts';

export function notificationsList(data: ReportData): object {
  const { notifications, totals, madeAt } = data;
  const column = <Value>(value: (one: NotificationFacts) => Value | undefined) =>
    notifications.map((one) => value(one) ?? null);
  return {
    requestIds: column(({ requestId }) => requestId),
    states: column(stateText),
    recipients: column(recipientsOf),
    reached: column(({ reached }) => reached),
    notReached: column(({ notReached }) => notReached),
    shares: column((one) => sharedBy(one, recipientsOf(one))),
    shareTexts: column((one) => share(one.notReached, recipientsOf(one) ?? 0)),
    notHeardOf: column(({ notHeardOf }) => notHeardOf),
    startedAt: column(({ startedAt }) => startedAt),
    seconds: column((one) => secondsOf(one, madeAt)),
    took: column((one) => tookText(one, madeAt)),
    total: {
      ...{ recipients: number(recipientsIn(data)), reached: number(totals.reached) },
      ...{ notReached: number(totals.notReached), share: share(totals.notReached, recipientsIn(data)) },
      notHeardOf: number(totals.notHeardOf),
    },
  };
}

function recipientsOf({ reached, notReached, undecided, notHeardOf }: NotificationFacts): number | undefined {
  return notHeardOf === undefined ? undefined : reached + notReached + undecided + notHeardOf;
}

function sharedBy({ notReached }: NotificationFacts, whole: number | undefined): number | undefined {
  return whole === undefined || whole === 0 ? undefined : notReached / whole;
}

function secondsOf(one: NotificationFacts, now: number): number | undefined {
  return one.state === 'running' ? secondsSoFar(one, now) : one.seconds;
}

/** Such as `gave up after 1 h`: only what has completed took as long as it takes. */
export function tookText(one: NotificationFacts, now: number): string {
  const { state } = one;
  const seconds = secondsOf(one, now);
  if (seconds === undefined) return '';
  const text = duration(seconds);
  if (state === 'running') return `${text} so far`;
  if (state === 'timed-out' || state === 'failed') return `gave up after ${text}`;
  return state === 'stopped' ? `stopped after ${text}` : text;
}
