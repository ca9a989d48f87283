/** What was announced of failures, as far as it must be in every order of steps. */
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import type { RecipientsNotReachedDetail } from '../../../contract/event/recipients-not-reached.ts';
import type { CarelessEntry } from '../careless/course.ts';
import type { Answer } from '../careless/kore.ts';
import type { Heard } from './parts.ts';
import type { Facts } from './run.ts';
import type { Attempt } from './scenario.ts';

/**
 * Of the answer that the end relied on, each failure that is still in the table in that version was announced before the end, unless
 * the end was told by another, or its announcement could not be published. What other checks have saved, the careless world judges.
 */
export function faultInAnnounced(
  { arn, name, announces }: Attempt,
  { announced, isFirstItsOwn }: Heard,
  { relied, isUnannounced }: Facts,
  rows: readonly DeliveryLogRow[],
): string | undefined {
  const details = [...new Set(announced)].map((text): RecipientsNotReachedDetail => JSON.parse(text));
  if (!announces) return details.length > 0 ? `${name}: it announces though nobody asked for it` : undefined;
  const ids = details.map(({ metadata }) => metadata.id);
  if (new Set(ids).size < ids.length || ids.some((id) => !id.startsWith(`${arn}#`)))
    return `${name}: its announcements have the ids ${ids}`;
  const named = details.flatMap(({ data }) => data.logIds);
  const unknown = named.find((logId) => !rows.some((row) => row.logId === logId));
  if (unknown !== undefined) return `${name}: it announces what is no row: ${unknown}`;
  const answer = relied as Answer | undefined;
  if (!isFirstItsOwn || isUnannounced || !answer?.isSafe) return undefined;
  for (const { logId, status, log } of rows) {
    const { _id, version } = log as CarelessEntry;
    const isSame = answer.entries.some((entry) => entry._id === _id && entry.version === version);
    if (status === 'FAILURE' && isSame && !named.includes(logId))
      return `${name}: a failure was not announced: ${logId}`;
  }
  return undefined;
}
