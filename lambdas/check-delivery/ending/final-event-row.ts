/** An end as the row that records it, and back. */
import { noCounts } from '../../../contract/counts.ts';
import { DETAIL_TYPES } from '../../../contract/event/event-names.ts';
import type { FinalEventDetail, TrackingOutput } from '../../../contract/event/final-event.ts';
import type { Ended } from '../invocation/invocation.ts';
import type { FinalEventRow } from '../rows/final-event-table.ts';
import { rowOfEnd } from '../rows/row-of-end.ts';

export function finalEventRow(ended: Ended, kept: { now: number; retentionDays: number }): FinalEventRow {
  return rowOfEnd(ended, DETAIL_TYPES, kept);
}

/** The end that the row tells. */
export function endedBy({ outcome, detail }: Pick<FinalEventRow, 'outcome' | 'detail'>): Ended {
  const read: FinalEventDetail = JSON.parse(detail);
  const { status, counts = noCounts() } = read.data;
  const output: TrackingOutput = { outcome, ...(status !== undefined && { status }), counts };
  return { outcome, detail: read, output };
}
