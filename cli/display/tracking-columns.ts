/** Trackings in a list: the same for a table and for CSV. */
import type { Cell } from '../text/csv.ts';
import { timestamp } from '../text/timestamp.ts';
import type { Tracking } from '../tracker/executions/tracking.ts';
import { headline } from './shown-tracking.ts';

export const TRACKING_HEAD = [
  ...['notification', 'attempt', 'bot', 'reached', 'not reached', 'started', 'ended', 'obstacle', 'state'],
];

export function trackingCells(tracking: Tracking): readonly string[] {
  const { requestId, attempt, streamId, counts, recipients, startedAt, endedAt } = tracking;
  const of = recipients ?? counts?.expected;
  return [
    requestId,
    attempt === undefined ? '' : String(attempt),
    streamId ?? '',
    counts === undefined ? '' : `${counts.delivered}${of === undefined ? '' : ` of ${of}`}`,
    counts === undefined ? '' : String(counts.failed),
    startedAt === undefined ? '' : timestamp(startedAt),
    endedAt === undefined ? '' : timestamp(endedAt),
    obstacleOf(tracking) ?? '',
    headline(tracking),
  ];
}

export const TRACKING_COLUMNS: Readonly<Record<string, (tracking: Tracking) => Cell>> = {
  requestId: ({ requestId }) => requestId,
  attempt: ({ attempt }) => attempt,
  streamId: ({ streamId }) => streamId,
  campaignId: ({ campaignId }) => campaignId,
  state: ({ state }) => state,
  status: ({ status }) => status,
  delivered: ({ counts }) => counts?.delivered,
  failed: ({ counts }) => counts?.failed,
  total: ({ counts }) => counts?.total,
  recipients: ({ recipients }) => recipients,
  startedAt: ({ startedAt }) => startedAt,
  endedAt: ({ endedAt }) => endedAt,
  nextCheckAt: ({ nextCheckAt }) => nextCheckAt,
  obstacle: obstacleOf,
  executionArn: ({ executionArn }) => executionArn,
};

/** What it meets, or what ended it. */
export function obstacleOf({ obstacle, error }: Tracking): string | undefined {
  return obstacle ?? error?.code;
}
