/**
 * What must be true of the announcements of an execution. Promised is: what was in the table as a failure before the check that told
 * the end began, or was saved by it, and still is one when the final event goes out, was announced before it. Nothing is promised
 *
 * - of what another check saves meanwhile: the check that tells the end has read the table by then;
 * - where something else told the end, such as the reporter: it does not read the table;
 * - where the last announcement could not be published, or the function has warned that the table could not be read.
 */
import type { CarelessExecution } from './machine.ts';
import type { CarelessCheck, Notification, RowWritten } from './notification.ts';

export function faultInAnnouncements(
  notification: Notification,
  execution: CarelessExecution,
): string | undefined {
  if (notification.planned.unpublished === undefined) {
    return execution.announcements.length > 0 ? 'it announces though nobody asked for it' : undefined;
  }
  return faultInEvents(notification, execution) ?? faultInPromise(notification, execution);
}

/** What each says, and that each says something new. */
function faultInEvents(
  { requestId, stores }: Notification,
  { arn, announcements, unpublished }: CarelessExecution,
): string | undefined {
  const keys = new Set(stores.deliveryLog.rowsOf(requestId).map(({ logId }) => logId));
  const texts = new Map<string, string>();
  const namedBy = new Map<string, string>();
  for (const { detail } of announcements) {
    const { id } = detail.metadata;
    const { logIds, count, more } = detail.data;
    const text = JSON.stringify(detail);
    if (!/^#\d+$/.test(id.slice(arn.length)) || !id.startsWith(arn))
      return `an announcement has the id ${id}`;
    if ((texts.get(id) ?? text) !== text) return `two announcements have the id ${id}`;
    texts.set(id, text);
    if (count < 1 || count > keys.size || more !== logIds.length < count)
      return `it miscounts failures: ${text}`;
    for (const logId of logIds) {
      if (!keys.has(logId)) return `it announces what is no row: ${logId}`;
      const before = namedBy.get(logId) ?? id;
      if (before !== id && !unpublished.has(before)) return `it announces a failure twice: ${logId}`;
      namedBy.set(logId, id);
    }
  }
  return undefined;
}

function faultInPromise(
  { tellers, writes }: Notification,
  { firstEvent, toldBy, announcements, unpublished }: CarelessExecution,
): string | undefined {
  const teller = tellers.find(({ answer }) => answer === toldBy);
  if (!firstEvent?.isItsOwn || teller?.answer === undefined || teller.hasWarned) return undefined;
  const last = teller.answer.outcome === 'announcing' ? teller.answer.detail.metadata.id : '';
  if (unpublished.has(last)) return undefined;
  const heard = announcements.filter(({ at }) => at <= firstEvent.at);
  const written = Map.groupBy(
    writes.filter(({ at }) => at <= firstEvent.at),
    ({ logId }) => logId,
  );
  for (const [logId, ofRow] of written) {
    if (!isPromised(ofRow, teller)) continue;
    const failedAt = ofRow.find(isFailure)?.at ?? 0;
    const isAnnounced = heard.some(
      ({ at, detail: { data } }) => data.logIds.includes(logId) || (data.more && at >= failedAt),
    );
    if (!isAnnounced) return `a failure was not announced: ${logId}`;
  }
  return undefined;
}

const isFailure = ({ status }: RowWritten) => status === 'FAILURE';

/** A failure from before the check on, or one that the check itself saved. */
function isPromised(ofRow: readonly RowWritten[], teller: CarelessCheck): boolean {
  const lasting = ofRow.slice(ofRow.findLastIndex((write) => !isFailure(write)) + 1);
  return lasting.some(({ at, by, isConfirmed }) => at <= teller.beganAt || (by === teller && isConfirmed));
}
