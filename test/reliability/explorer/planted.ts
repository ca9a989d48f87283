/** Stores without one of their conditions. All but the address were once found by hand. */

import type { DeliveryLogRow, Summary } from '../../../contract/delivery-log-row.ts';
import type { BudgetStore } from '../../../lambdas/check-delivery/budget/call-budget.ts';
import type { FinalEventRow } from '../../../lambdas/check-delivery/rows/final-event-table.ts';
import type { RowStore } from '../../../lambdas/check-delivery/rows/save-logs.ts';
import { budgetInMemory } from '../../../testing/in-memory/budget-in-memory.ts';
import {
  type DeliveryLogInMemory,
  deliveryLogInMemory,
} from '../../../testing/in-memory/delivery-log-in-memory.ts';
import {
  type FinalEventsInMemory,
  finalEventsInMemory,
} from '../../../testing/in-memory/final-events-in-memory.ts';
import { capacity } from '../careless/invocation.ts';
import { recipientOf } from './scenario.ts';

/** The last end that is recorded wins. */
export function lastEndWins(): FinalEventsInMemory {
  const rows = new Map<string, FinalEventRow>();
  return {
    async record(row) {
      rows.set(row.requestId, row);
      return row;
    },
    rowOf: (arn) => rows.get(arn),
  };
}

/** The last version that is written wins, whenever it was asked for. */
export function lastVersionWins(): DeliveryLogInMemory {
  const good = deliveryLogInMemory();
  const askedAt = new Map<string, number | undefined>();
  let writes = 0;
  const asAsked = (row: DeliveryLogRow) => ({ ...row, askedAt: askedAt.get(row.logId) as number });
  return {
    ...good,
    rowsOf: (requestId) => good.rowsOf(requestId).map(asAsked),
    storeOf(requestId): RowStore {
      const store = good.storeOf(requestId);
      return {
        ...store,
        async put({ row, ...write }, signal) {
          writes += 1;
          const put = await store.put({ ...write, row: { ...row, askedAt: writes } }, signal);
          if (put.isWritten) askedAt.set(row.logId, row.askedAt);
          return put;
        },
      };
    },
  };
}

/** Any summary replaces any other. */
export function lastSummaryWins(): DeliveryLogInMemory {
  const summaries = new Map<string, Summary>();
  return {
    ...deliveryLogInMemory(),
    saveSummary: async (summary) => void summaries.set(summary.requestId, summary),
    summaryOf: (requestId) => summaries.get(requestId),
  };
}

/** The summary names the recipients. */
export function summaryNamesRecipients(): DeliveryLogInMemory {
  const good = deliveryLogInMemory();
  return {
    ...good,
    saveSummary: (summary) => good.saveSummary({ ...summary, recipients: [recipientOf(0)] }),
  };
}

/** A reservation is as good as the booking that it claims. */
export function anyReservationIsSpent(): BudgetStore {
  const good = budgetInMemory(capacity);
  return { ...good, spend: (bot, _reservation, now) => good.read(bot, now) };
}

/** The backstop goes by its own end, whichever was recorded. */
export function backstopGoesByItsOwnEnd(): FinalEventsInMemory {
  const good = finalEventsInMemory();
  return {
    ...good,
    async record(row) {
      const won = await good.record(row);
      return row.detail.includes('TRACKING_INTERRUPTED') ? row : won;
    },
  };
}

/** A failure is written, and the table says that it is none. */
export function failuresAreDenied(): DeliveryLogInMemory {
  const good = deliveryLogInMemory();
  return {
    ...good,
    storeOf(requestId): RowStore {
      const store = good.storeOf(requestId);
      return {
        ...store,
        async put(write, signal) {
          const put = await store.put(write, signal);
          if (!put.isWritten) return put;
          return {
            isWritten: false,
            inTheWay: { ...write.row, status: 'SUCCESS', askedAt: write.row.askedAt + 1 },
          };
        },
      };
    },
  };
}
