/** An end as the row that records it, and back. */
import { noCounts } from '../../../contract/counts.ts';
import { DETAIL_TYPES } from '../../../contract/event-names.ts';
import type { FinalEventDetail, TrackingOutput } from '../../../contract/final-event.ts';
import { FINAL_EVENT_ID } from '../../../contract/table-names.ts';
import type { Ended } from '../invocation/invocation.ts';
import { type FinalEventRow, LEAST_DAYS_KEPT } from '../rows/final-event-table.ts';
import { expiryOf } from '../rows/to-rows.ts';

export function finalEventRow(
  { outcome, detail }: Ended,
  { now, retentionDays }: { now: number; retentionDays: number },
): FinalEventRow {
  return {
    requestId: detail.metadata.id,
    logId: FINAL_EVENT_ID,
    outcome,
    detailType: DETAIL_TYPES[outcome],
    detail: JSON.stringify(detail),
    expiresAt: expiryOf({ now, retentionDays: Math.max(retentionDays, LEAST_DAYS_KEPT) }),
  };
}

/** The end that the row tells. */
export function endedBy({ outcome, detail }: Pick<FinalEventRow, 'outcome' | 'detail'>): Ended {
  const read: FinalEventDetail = JSON.parse(detail);
  const { status, counts = noCounts() } = read.data;
  const output: TrackingOutput = { outcome, ...(status !== undefined && { status }), counts };
  return { outcome, detail: read, output };
}
