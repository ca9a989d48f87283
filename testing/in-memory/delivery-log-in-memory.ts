/** A delivery log without a database, for storms of trackings; the same tests hold it to what DynamoDB does. */
import type { DeliveryLogRow, Summary } from '../../contract/delivery-log-row.ts';
import { RANKING } from '../../contract/event/event-names.ts';
import type { DeliveryLog } from '../../lambdas/check-delivery/rows/delivery-log-table.ts';
import { isNewer } from '../../lambdas/check-delivery/rows/found-row.ts';
import type { RowWrite } from '../../lambdas/check-delivery/rows/row-matching.ts';
import { type RowStore, saveLogs } from '../../lambdas/check-delivery/rows/save-logs.ts';

export interface DeliveryLogInMemory extends DeliveryLog {
  storeOf(requestId: string): RowStore;
  /** The rows of a notification, without its summary. */
  rowsOf(requestId: string): DeliveryLogRow[];
  summaryOf(requestId: string): Summary | undefined;
}

/** @param pause is awaited before each request to the rows, so that another check can come in between. */
export function deliveryLogInMemory(pause = async () => {}): DeliveryLogInMemory {
  const rows = new Map<string, Map<string, DeliveryLogRow>>();
  const summaries = new Map<string, Summary>();
  const partition = (requestId: string) => {
    const known = rows.get(requestId) ?? new Map<string, DeliveryLogRow>();
    rows.set(requestId, known);
    return known;
  };
  const storeOf = (requestId: string) => rowStore(partition(requestId), pause);
  return {
    storeOf,
    async saveLogs(requestId, fresh, signal, namesFailures) {
      return saveLogs(fresh, storeOf(requestId), signal, namesFailures);
    },
    async notReached(requestId) {
      await pause();
      return [...partition(requestId).values()]
        .filter(({ status }) => status === 'FAILURE')
        .map(({ logId }) => logId);
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

function rowStore(saved: Map<string, DeliveryLogRow>, pause: () => Promise<void>): RowStore {
  return {
    async *rows() {
      await pause();
      yield* [...saved.values()];
    },
    async rememberBot() {},
    async put(write) {
      await pause();
      const { row } = write;
      const there = saved.get(row.logId);
      if (!mayReplace(there, write)) return { isWritten: false, inTheWay: there };
      saved.set(row.logId, row);
      return { isWritten: true };
    },
  };
}

/** The condition of the table's writes. */
function mayReplace(saved: DeliveryLogRow | undefined, { row, alsoOf }: RowWrite): boolean {
  if (saved === undefined) return true;
  const isOfSameLog =
    saved.identity === undefined || saved.identity === row.identity || saved.identity === alsoOf;
  return isOfSameLog && !isNewer(saved.askedAt, row.askedAt);
}
