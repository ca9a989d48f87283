/** What must be true after all, from what Kore said and when; nothing here knows how trackings work. */
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import type { DeliveryLogInMemory } from '../../../testing/in-memory/delivery-log-in-memory.ts';
import type { FinalEventsInMemory } from '../../../testing/in-memory/final-events-in-memory.ts';
import { faultInAnnouncements } from './announced.ts';
import { type CarelessEntry, type Course, goesBack } from './course.ts';
import type { Answer } from './kore.ts';
import type { CarelessExecution } from './machine.ts';
import type { Tracked } from './world.ts';

/** All that is asked about a notification and an execution. */
export interface JudgedNotification {
  readonly requestId: string;
  readonly course: Pick<Course, 'logs'>;
  readonly answers: readonly Answer[];
  readonly stores: {
    readonly deliveryLog: Pick<DeliveryLogInMemory, 'rowsOf' | 'summaryOf'>;
    readonly finalEvents: Pick<FinalEventsInMemory, 'rowOf'>;
  };
}
export type JudgedExecution = Pick<CarelessExecution, 'arn' | 'name' | 'events' | 'status' | 'outcome'>;

/** What is wrong with a notification's end; `undefined` where nothing is. */
export function faultIn({ notification, executions }: Tracked): string | undefined {
  // Of one that was stopped and that nobody reported nothing is known.
  const isUnheard = ({ status }: CarelessExecution) =>
    notification.planned.isReportLost === true && status === 'ABORTED';
  for (const execution of executions) {
    const fault =
      (isUnheard(execution) ? undefined : faultInTruth(notification, execution)) ??
      faultInOutcome(notification, execution) ??
      faultInAnnouncements(notification, execution);
    if (fault !== undefined) return `${execution.name}: ${fault}`;
  }
  const fault = faultInRows(notification);
  return fault ?? (executions.some(isUnheard) ? undefined : faultInSummary(notification, executions));
}

/** One truth: the row of the execution, its events and its output say the same. */
export function faultInTruth(
  { stores }: { readonly stores: Pick<JudgedNotification['stores'], 'finalEvents'> },
  { arn, events, status, outcome }: JudgedExecution,
): string | undefined {
  const row = stores.finalEvents.rowOf(arn);
  if (status === 'RUNNING') return 'it still runs';
  if (row === undefined) return 'it has no row';
  if (events.length === 0) return 'it has no event';
  const told = new Set([row.detail, ...events.map((event) => JSON.stringify(event))]);
  if (told.size > 1) return `it tells ${told.size} truths: ${[...told].join(' and ')}`;
  if (outcome !== undefined && outcome !== row.outcome)
    return `its output is ${outcome}, its row ${row.outcome}`;
  return undefined;
}

/** No tracking has faults up to its deadline. */
function faultInOutcome(
  { stores }: Pick<JudgedNotification, 'stores'>,
  { arn, wasStopped }: CarelessExecution,
): string | undefined {
  const row = stores.finalEvents.rowOf(arn);
  return row?.outcome === 'failed' && !wasStopped ? `it failed: ${row.detail}` : undefined;
}

const nameOf = ({ _id, originalId, channel }: CarelessEntry) => JSON.stringify([_id, originalId, channel]);

/** The newest version wins: of two seconds or less nobody knows which was asked for later. */
const TOLERANCE_MS = 2_000;

export function faultInRows({ requestId, stores, answers, course }: JudgedNotification): string | undefined {
  const rows = rowsByName(stores.deliveryLog.rowsOf(requestId));
  if (typeof rows === 'string') return rows;
  const mayBeEither = new Set(
    course.logs.filter(goesBack).map(({ names }) => nameOf(names as CarelessEntry)),
  );
  const names = new Set(answers.flatMap(({ entries }) => entries.map(nameOf)));
  for (const name of rows.keys()) if (!names.has(name)) return `a row that Kore never sent: ${name}`;
  for (const name of names) {
    const said = versionsOf(name, answers);
    const safe = said.filter(({ isSafe }) => isSafe).sort((a, b) => b.askedAt - a.askedAt)[0];
    const row = rows.get(name);
    if (row === undefined && safe !== undefined) return `a row is missing: ${name}`;
    if (row === undefined) continue;
    const allowed = said.filter(
      ({ askedAt, readAt }) =>
        safe === undefined ||
        mayBeEither.has(name) ||
        askedAt >= safe.askedAt - TOLERANCE_MS ||
        // Asked earlier and answered later: Kore's own order.
        readAt >= safe.readAt,
    );
    const version = (row.log as CarelessEntry).version;
    if (!allowed.some((one) => one.version === version)) {
      return `an old row: ${name} is ${version}, of ${JSON.stringify(said)}`;
    }
  }
  return undefined;
}

function rowsByName(rows: readonly DeliveryLogRow[]): ReadonlyMap<string, DeliveryLogRow> | string {
  const byName = new Map<string, DeliveryLogRow>();
  for (const row of rows) {
    const name = nameOf(row.log as CarelessEntry);
    if (byName.has(name)) return `a row is there twice: ${name}`;
    byName.set(name, row);
  }
  return byName;
}

/** The version of a log in each answer that has it; of two in one answer the later in the list. */
function versionsOf(name: string, answers: readonly Answer[]) {
  return answers.flatMap(({ entries, ...answer }) => {
    const version = entries.findLast((entry) => nameOf(entry) === name)?.version;
    return version === undefined ? [] : [{ ...answer, version }];
  });
}

const RANKING = ['complete', 'timed-out', 'failed'];

/** The best of the attempts, and the very end of one of them. */
export function faultInSummary(
  { requestId, stores }: Pick<JudgedNotification, 'requestId' | 'stores'>,
  executions: readonly Pick<JudgedExecution, 'arn'>[],
): string | undefined {
  const summary = stores.deliveryLog.summaryOf(requestId);
  if (summary === undefined) return 'it has no summary';
  const outcomes = executions.map(({ arn }) => stores.finalEvents.rowOf(arn)?.outcome);
  const best = RANKING.find((outcome) => outcomes.includes(outcome as never));
  if (summary.outcome !== best) return `its summary says ${summary.outcome}, the best of ${outcomes}`;
  const row = stores.finalEvents.rowOf(String(summary.executionArn));
  if (row?.outcome !== best) return 'its summary is of another execution';
  const { counts } = JSON.parse(row?.detail ?? '{}').data;
  return JSON.stringify(counts) === JSON.stringify(summary.counts)
    ? undefined
    : 'its summary has other counts';
}
