/** Failures by time, on all bots or on one: from the index of failures by bot and day. */
import { positionIn } from '../../../paging/cursor.ts';
import { spanOf } from '../../../paging/page-options.ts';
import type { Session, Tracker } from '../../../session.ts';
import { daysBetween } from '../../../text/days-between.ts';
import { parseTimeBound } from '../../../text/time-bound.ts';
import { timestamp } from '../../../text/timestamp.ts';
import { botsWithFailures } from '../../../tracker/delivery-log-rows.ts';
import { newestFailures } from '../../../tracker/rows/newest-failures.ts';
import { placeOf } from '../../../tracker/rows/newest-first.ts';
import { rowSpanOf, rowSpanSchema } from '../../../tracker/rows/row-spans.ts';
import { type FailuresOptions, type FoundFailures, SINCE } from './found-failures.ts';

/** @throws CommandError `WRONG_USAGE`, `INVALID_CURSOR`, `CURSOR_OF_ANOTHER_QUERY`. */
export async function failuresOfBots(
  session: Session,
  { deliveryLog }: Tracker,
  options: FailuresOptions,
): Promise<FoundFailures> {
  const { streamId, cursor, limit, all, until, since = parseTimeBound(SINCE) } = options;
  const now = session.clock.now();
  const query = ['failures', deliveryLog.name, streamId, since.text, until?.text];
  const span =
    cursor === undefined
      ? rowSpanOf(spanOf({ ...options, since }, now))
      : positionIn(cursor, query, rowSpanSchema);
  const from = span.since ?? new Date(now).toISOString();
  const to = Date.parse(span.after?.createdOn ?? span.until ?? '');
  const days = () => daysBetween(Date.parse(from), Number.isNaN(to) ? now : Math.min(to, now));
  const bots = streamId === undefined ? await botsWithFailures(deliveryLog) : [streamId];
  return {
    query,
    facts: { since: from, ...(span.until !== undefined && { until: span.until }) },
    which: [
      `since ${timestamp(from)}`,
      ...(span.until === undefined ? [] : [`until ${timestamp(span.until)}`]),
      ...(streamId === undefined ? [] : [`on ${streamId}`]),
    ].join(' '),
    order: 'Newest first',
    rows: () => newestFailures(deliveryLog, bots, days(), span, all ? undefined : limit),
    after: (row) => ({ ...span, after: placeOf(row) }),
  };
}
