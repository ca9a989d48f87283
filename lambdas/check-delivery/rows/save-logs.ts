/** The logs of an answer into the rows of a notification, whatever other checks write there at the same time. */
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import { matchRows, type RowWrite, type SavedLogs } from './row-matching.ts';
import { tallying } from './tally.ts';
import type { FreshRow } from './to-rows.ts';
import { writeRows } from './write-rows.ts';

/** The rows of one notification. */
export interface RowStore {
  /** Each as it is now; a row that comes meanwhile may be missing. */
  rows(signal: AbortSignal): AsyncIterable<DeliveryLogRow>;
  /** Keeps the bot of this failure to be found, for as long as the row. */
  rememberBot(failure: DeliveryLogRow, signal: AbortSignal): Promise<void>;
  put(write: RowWrite, signal: AbortSignal): Promise<Put>;
}

export type Put =
  /** Under the key of the write, or another that the table took it under. */
  | { readonly isWritten: true; readonly logId?: string }
  /** The row of another log or of a newer version, where it is still there. */
  | { readonly isWritten: false; readonly inTheWay: DeliveryLogRow | undefined };

/** Each round takes the place of a row that came meanwhile into account; more than two checks at once are rare. */
const MOST_ROUNDS = 10;

export async function saveLogs(
  rows: readonly FreshRow[],
  store: RowStore,
  signal: AbortSignal,
  namesFailures = false,
): Promise<SavedLogs> {
  const counted = tallying(namesFailures);
  const matching = matchRows(rows, counted);
  for await (const row of store.rows(signal)) matching.see(row);
  let isBotRemembered = false;
  let writes = matching.plan();
  for (let round = 0; writes.length > 0; round += 1, writes = matching.plan()) {
    if (round === MOST_ROUNDS) throw new Error('other checks wrote these rows again and again');
    const failure = writes.find(({ row }) => row.failureOf !== undefined)?.row;
    // First, so that no failure is ever there whose bot cannot be found.
    if (failure !== undefined && !isBotRemembered) await store.rememberBot(failure, signal);
    isBotRemembered ||= failure !== undefined;
    const met: DeliveryLogRow[] = [];
    await writeRows(writes, signal, async (write, untilThen) => {
      const put = await store.put(write, untilThen);
      if (put.isWritten) matching.wrote(write, put.logId);
      else if (put.inTheWay !== undefined) met.push(put.inTheWay);
    });
    for (const row of met) matching.see(row);
  }
  return { ...matching.saved(), notReached: counted.notReached() };
}
