/** Everybody who was not reached, as CSV, a page of rows at a time. */
import { csvLine } from '../text/csv.ts';
import type { RowsPage } from './data/report-data.ts';
import type { Telling } from './data/told-row.ts';

const HEADER = ['notification', 'recipient', 'person', 'reason', 'channel', 'time'];

/** @param telling has seen the same rows before where addresses are masked: only then it is known which reasons are rare. */
export async function* notReachedCsv(
  pages: AsyncIterable<RowsPage>,
  telling: Telling,
): AsyncGenerator<string> {
  yield csvLine(HEADER);
  for await (const { rows } of pages) {
    const failed = rows.filter(({ status }) => status === 'FAILURE');
    const lines = failed.map((row) => {
      const { recipient, person, reason, channel } = telling.finalRowOf(row);
      return csvLine([row.requestId, recipient, person, reason, channel, row.createdOn]);
    });
    if (lines.length > 0) yield lines.join('');
  }
}
