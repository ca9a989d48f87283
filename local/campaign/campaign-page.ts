/** The report on a local run of a campaign: the same page as `delivery-tracker report` writes. */
import { type RowsPage, reportData } from '../../cli/report/data/report-data.ts';
import type { ReportedNotification } from '../../cli/report/data/subject.ts';
import { Telling } from '../../cli/report/data/told-row.ts';
import { pageParts } from '../../cli/report/page/page.ts';
import type { DeliveryLogRow } from '../../contract/delivery-log-row.ts';
import { SUMMARY_ID } from '../../contract/table-names.ts';
import { type RunResult, stateOf } from '../report.ts';
import type { CampaignResult } from './campaign-report.ts';

/**
 * Addresses are shown: they are simulated.
 *
 * @param now milliseconds since 1970.
 */
export async function campaignPage(result: CampaignResult, now: number): Promise<Iterable<string>> {
  const { campaignId, event, trackings } = result;
  const { startedAt, completedAt } = (event?.detail.data ?? {}) as EventData;
  const notifications = trackings.map(reported);
  const subject = {
    ...({ kind: 'campaign', id: campaignId, isOver: true, startedAt, endedAt: completedAt } as const),
    ...{ expectedNotifications: trackings.length, notifications },
  };
  return pageParts(await reportData(subject, pagesOf(trackings), new Telling(true), now));
}

interface EventData {
  readonly startedAt?: string;
  readonly completedAt?: string;
  readonly durationSeconds?: number;
  readonly counts?: { readonly total: number; readonly expected?: number };
  readonly error?: { readonly code: string };
}

function reported(tracking: RunResult): ReportedNotification {
  const { startedAt, completedAt, durationSeconds, counts, error } = (tracking.event?.detail.data ??
    {}) as EventData;
  return {
    ...{ requestId: tracking.name, state: stateOf(tracking), recipients: counts?.expected },
    ...{ startedAt, endedAt: completedAt, durationSeconds, errorCode: error?.code },
  };
}

async function* pagesOf(trackings: readonly RunResult[]): AsyncGenerator<RowsPage> {
  for (const { name, rows } of trackings) {
    const logs = rows.filter(({ logId }) => logId !== SUMMARY_ID) as unknown as DeliveryLogRow[];
    yield { requestId: name, rows: logs };
  }
}
