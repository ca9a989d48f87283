/** The end of an execution as the row that records it. */
import type { Outcome } from '../../../contract/event/event-names.ts';
import { LEAST_DAYS_KEPT } from '../../../contract/record-expression.ts';
import { FINAL_EVENT_ID } from '../../../contract/table-names.ts';
import type { FinalEventRow } from './final-event-table.ts';
import { expiryOf } from './to-rows.ts';

interface End {
  readonly outcome: Outcome;
  /** Of the event, named by its execution. */
  readonly detail: { readonly metadata: { readonly id: string } };
}

export function rowOfEnd(
  { outcome, detail }: End,
  detailTypes: Readonly<Record<Outcome, string>>,
  { now, retentionDays }: { readonly now: number; readonly retentionDays: number },
): FinalEventRow {
  return {
    requestId: detail.metadata.id,
    logId: FINAL_EVENT_ID,
    outcome,
    detailType: detailTypes[outcome],
    detail: JSON.stringify(detail),
    expiresAt: expiryOf({ now, retentionDays: Math.max(retentionDays, LEAST_DAYS_KEPT) }),
  };
}
