/** Final events without a database, for storms of trackings. */
import type { FinalEventRow, FinalEvents } from '../../lambdas/check-delivery/rows/final-event-table.ts';

export interface FinalEventsInMemory extends FinalEvents {
  rowOf(executionArn: string): FinalEventRow | undefined;
}

export function finalEventsInMemory(): FinalEventsInMemory {
  const rows = new Map<string, FinalEventRow>();
  return {
    async record(row) {
      const winner = rows.get(row.requestId) ?? row;
      rows.set(row.requestId, winner);
      return winner;
    },
    rowOf: (executionArn) => rows.get(executionArn),
  };
}
