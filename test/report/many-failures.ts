/** Recipients who were not reached, as many as are wanted, a thousand to a notification. */
import type { RowsPage } from '../../cli/report/data/report-data.ts';
import { REASONS, sampleRow } from './sample-campaign.ts';

const IN_NOTIFICATION = 1_000;

export function* manyPages(count: number): Iterable<RowsPage> {
  for (let first = 0; first < count; first += IN_NOTIFICATION) {
    const requestId = `ds-00000000-0000-4000-8000-${String(first / IN_NOTIFICATION).padStart(12, '0')}`;
    const rows = Array.from({ length: Math.min(IN_NOTIFICATION, count - first) }, (_, index) =>
      sampleRow({ requestId, index, failsFor: REASONS[index % REASONS.length] ?? '' }),
    );
    yield { requestId, rows };
  }
}
