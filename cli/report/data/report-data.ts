/** Everything that a report says, counted from rows as they come: what is kept does not grow with those who were reached. */
import { addTo, type Counts, noCounts } from '../../../contract/counts.ts';
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import { printable } from '../../text/printable.ts';
import { EndsCounter, type EndsOverTime } from './ends-over-time.ts';
import { type NotReachedList, NotReachedLister } from './not-reached-list.ts';
import { isWhole, type NotificationFacts, notificationFacts } from './notification-facts.ts';
import type { CountedText } from './shared-texts.ts';
import type { ReportedNotification, Subject } from './subject.ts';
import { personOf, type Telling } from './told-row.ts';

export interface Totals {
  readonly reached: number;
  readonly notReached: number;
  /** Reported on with a word that is neither. */
  readonly undecided: number;
  /** Recipients of whom nothing is known, as far as numbers were announced. */
  readonly notHeardOf: number;
  /** Whether some notifications have not said how many recipients they have. */
  readonly isAtLeast: boolean;
}

export interface ReportData extends Omit<Subject, 'notifications'> {
  readonly isMasked: boolean;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  readonly totals: Totals;
  /** Distinct addresses that were not reached. */
  readonly peopleNotReached: number;
  readonly ends: EndsOverTime;
  readonly reasons: readonly CountedText[];
  readonly notifications: readonly NotificationFacts[];
  /** Notifications that were announced, and of which nothing is known. */
  readonly missing: number;
  /** Absent where there are more than a page holds. */
  readonly notReached: NotReachedList | undefined;
}

/** A part of what a notification has in the table. */
export interface RowsPage {
  readonly requestId: string;
  /** What its summary adds, where it is in this part. */
  readonly ended?: Partial<ReportedNotification> | undefined;
  readonly rows: readonly DeliveryLogRow[];
}

/**
 * @param telling learns who and what is told, for a list of the same rows.
 * @param now milliseconds since 1970.
 */
export async function reportData(
  { notifications, ...subject }: Subject,
  pages: AsyncIterable<RowsPage>,
  telling: Telling,
  now: number,
): Promise<ReportData> {
  const known = new Map(notifications.map((one) => [one.requestId, one]));
  const countsById = new Map<string, Counts>();
  const heardById = new Map<string, number>();
  const ends = new EndsCounter(now);
  const lister = new NotReachedLister();
  for await (const { requestId, ended, rows } of pages) {
    const counts = countsById.get(requestId) ?? noCounts();
    countsById.set(requestId, counts);
    if (ended !== undefined) known.set(requestId, merged(known.get(requestId), requestId, ended));
    for (const row of rows) {
      addTo(counts, row.status);
      const at = Date.parse(row.createdOn);
      if (at <= now && at > (heardById.get(requestId) ?? 0)) heardById.set(requestId, at);
      if (row.status === 'SUCCESS' || row.status === 'FAILURE') {
        ends.add(row.createdOn, row.status === 'SUCCESS');
      }
      learn(row, telling, lister);
    }
  }
  const facts = [...known.values()].map((one) =>
    notificationFacts(one, countsById.get(one.requestId), heardById.get(one.requestId)),
  );
  const { expectedNotifications: expected } = subject;
  const missing = isWhole(expected) ? Math.max(0, expected - facts.length) : 0;
  return {
    ...subject,
    id: printable(subject.id),
    isMasked: !telling.people.showAddresses,
    madeAt: now,
    totals: totalsOf(facts, missing),
    peopleNotReached: telling.people.count,
    ends: ends.finish(),
    reasons: telling.reasons.counted(),
    notifications: facts,
    missing,
    notReached: lister.finish(telling.channels.labels(), telling.reasons.labels()),
  };
}

/** A summary says more of an end; one that runs again has the summary of an earlier attempt. */
function merged(
  known: ReportedNotification | undefined,
  requestId: string,
  ended: Partial<ReportedNotification>,
): ReportedNotification {
  if (known?.state === 'running') return known;
  const given = Object.entries(ended).filter(([, value]) => value !== undefined);
  return { requestId, state: 'unknown', ...known, ...Object.fromEntries(given) };
}

function learn(row: DeliveryLogRow, telling: Telling, lister: NotReachedLister): void {
  const { reasons, channels } = telling;
  const person = personOf(row);
  if (row.status !== 'FAILURE') {
    channels.add(telling.channelOf(row), person);
    return;
  }
  const told = telling.rowOf(row);
  const [channel, reason] = [channels.add(told.channel, person), reasons.add(told.reason, person)];
  lister.add({ told, channel, reason, requestId: row.requestId, createdOn: row.createdOn });
}

function totalsOf(facts: readonly NotificationFacts[], missing: number): Totals {
  const sum = (number: (one: NotificationFacts) => number) =>
    facts.reduce((all, one) => all + number(one), 0);
  return {
    reached: sum((one) => one.reached),
    notReached: sum((one) => one.notReached),
    undecided: sum((one) => one.undecided),
    notHeardOf: sum((one) => one.notHeardOf ?? 0),
    isAtLeast: missing > 0 || facts.some((one) => one.notHeardOf === undefined),
  };
}
