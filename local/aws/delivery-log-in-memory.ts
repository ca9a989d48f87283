/** A delivery log without a database, for storms of trackings; the same tests hold it to what DynamoDB does. */
import { isDeepStrictEqual } from 'node:util';
import type { DeliveryLogRow } from '../../lambdas/check-delivery/delivery-log.ts';
import { type DeliveryLog, RANKING, type Summary } from '../../lambdas/check-delivery/delivery-log-table.ts';

export interface DeliveryLogInMemory extends DeliveryLog {
  /** The rows of a notification, without its summary. */
  rowsOf(requestId: string): DeliveryLogRow[];
  summaryOf(requestId: string): Summary | undefined;
}

export function deliveryLogInMemory(): DeliveryLogInMemory {
  const rows = new Map<string, Map<string, DeliveryLogRow>>();
  const summaries = new Map<string, Summary>();
  const partition = (requestId: string) => {
    const known = rows.get(requestId) ?? new Map<string, DeliveryLogRow>();
    rows.set(requestId, known);
    return known;
  };
  return {
    async saveLogs(requestId, fresh) {
      const saved = partition(requestId);
      for (const row of fresh) {
        const known = saved.get(row.logId);
        if (known === undefined || !isDeepStrictEqual(known.log, row.log)) saved.set(row.logId, row);
      }
      return [...saved.values()];
    },
    async saveSummary(summary) {
      const known = summaries.get(summary.requestId);
      const isBetter = known && RANKING.indexOf(known.outcome) < RANKING.indexOf(summary.outcome);
      const hasExpired = known && known.expiresAt < Math.floor(Date.parse(summary.savedAt) / 1000);
      if (!isBetter || hasExpired) summaries.set(summary.requestId, summary);
    },
    rowsOf: (requestId) => [...partition(requestId).values()],
    summaryOf: (requestId) => summaries.get(requestId),
  };
}
