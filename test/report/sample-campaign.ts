/** A campaign for reports: four notifications have ended, one timed out, one is still running and two are missing. */

import type { RowsPage } from '../../cli/report/data/report-data.ts';
import { reportData } from '../../cli/report/data/report-data.ts';
import type { Subject } from '../../cli/report/data/subject.ts';
import { Telling } from '../../cli/report/data/told-row.ts';
import type { DeliveryLogRow } from '../../contract/delivery-log-row.ts';

export const NOW = Date.UTC(2026, 10, 24, 12);
const START = Date.UTC(2026, 10, 24, 10);

export const REASONS = [
  'The number is not reachable',
  'The recipient did not answer the call',
  'Identity is not associated with the channel',
];

export interface SampleRow {
  readonly requestId: string;
  readonly index: number;
  readonly failsFor?: string;
  readonly recipient?: string;
  readonly at?: number;
  readonly channel?: string;
}

export function sampleRow({ requestId, index, failsFor, ...given }: SampleRow): DeliveryLogRow {
  const { recipient = `recipient.${requestId}.${index}@example.com`, at = START + index * 7_000 } = given;
  const createdOn = new Date(at).toISOString();
  return {
    requestId,
    logId: `nl-${index}`,
    recipient,
    status: failsFor === undefined ? 'SUCCESS' : 'FAILURE',
    createdOn,
    savedAt: createdOn,
    expiresAt: 0,
    log: {
      channel: given.channel ?? 'ivr',
      comments: failsFor ?? 'Notification has been sent successfully',
      originalId: recipient,
    },
  };
}

interface SampleNotification {
  readonly requestId: string;
  readonly state: Subject['notifications'][number]['state'];
  readonly recipients: number;
  readonly reported: number;
  readonly failsOneIn: number;
  readonly seconds?: number;
  readonly errorCode?: string;
}

const NOTIFICATIONS: readonly SampleNotification[] = [
  {
    requestId: 'ds-berlin',
    state: 'complete',
    recipients: 240,
    reported: 240,
    failsOneIn: 8,
    seconds: 1_710,
  },
  {
    requestId: 'ds-cologne',
    state: 'complete',
    recipients: 180,
    reported: 180,
    failsOneIn: 20,
    seconds: 1_275,
  },
  { requestId: 'ds-dresden', state: 'complete', recipients: 120, reported: 120, failsOneIn: 6, seconds: 900 },
  { requestId: 'ds-essen', state: 'complete', recipients: 60, reported: 60, failsOneIn: 30, seconds: 440 },
  {
    ...{ requestId: 'ds-frankfurt', state: 'timed-out', recipients: 200, reported: 150, failsOneIn: 10 },
    ...{ seconds: 3_600, errorCode: 'DEADLINE_PASSED' },
  },
  { requestId: 'ds-hamburg', state: 'running', recipients: 100, reported: 35, failsOneIn: 7 },
];

export const SAMPLE_SUBJECT: Subject = {
  kind: 'campaign',
  id: 'spring-2026',
  isOver: false,
  startedAt: new Date(START).toISOString(),
  expectedNotifications: 8,
  notifications: NOTIFICATIONS.map(({ requestId, state, recipients, seconds, errorCode }) => ({
    ...{ requestId, state, recipients, errorCode },
    startedAt: new Date(START).toISOString(),
    ...(seconds !== undefined && {
      durationSeconds: seconds,
      endedAt: new Date(START + seconds * 1000).toISOString(),
    }),
  })),
};

export function samplePages(): RowsPage[] {
  return NOTIFICATIONS.map(({ requestId, reported, failsOneIn }) => ({
    requestId,
    rows: Array.from({ length: reported }, (_, index) => {
      const failsFor = index % failsOneIn === 3 ? (REASONS[index % REASONS.length] ?? '') : undefined;
      return sampleRow({ requestId, index, ...(failsFor !== undefined && { failsFor }) });
    }),
  }));
}

/** @param subject a campaign that is over, of notifications that have ended, where it is left out. */
export async function dataOf(
  pages: Iterable<RowsPage>,
  { subject = OVER, showAddresses = false }: { subject?: Subject; showAddresses?: boolean } = {},
) {
  return reportData(subject, asIfRead(pages), new Telling(showAddresses), NOW);
}

const OVER: Subject = { kind: 'campaign', id: 'autumn-2026', isOver: true, notifications: [] };

/** Each has ended, if nothing else is known of it. */
export async function* asIfRead(pages: Iterable<RowsPage>): AsyncIterable<RowsPage> {
  for (const page of pages)
    yield { ended: SAMPLED.has(page.requestId) ? undefined : { state: 'complete' }, ...page };
}

const SAMPLED = new Set(NOTIFICATIONS.map(({ requestId }) => requestId));
