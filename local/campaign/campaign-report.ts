/** What a local run of a campaign says: a line for each check, how it ended, or one JSON document. */

import { recipientCell } from '../../cli/display/shown-row.ts';
import { headline, type ShownTracking } from '../../cli/display/shown-tracking.ts';
import { tableLines } from '../../cli/display/table-layout.ts';
import { type Colours, paint } from '../../cli/display/terminal.ts';
import { printable, printableJson } from '../../cli/text/printable.ts';
import { duration, timestamp } from '../../cli/text/timestamp.ts';
import type { CampaignFailedDetail } from '../../contract/campaign/campaign-event.ts';
import { campaignPartition, SUMMARY_ID } from '../../contract/table-names.ts';
import type { CampaignCheckResult } from '../../lambdas/check-campaign/invocation.ts';
import type { BusEvent } from '../aws/event-bus.ts';
import type { ExecutionEnd } from '../aws/state-machine.ts';
import type { Progress } from '../progress-columns.ts';
import { eventLines, jsonDocument, type RunResult, shownEnd, stateOf } from '../report.ts';

export interface CampaignResult {
  readonly campaignId: string;
  readonly end: ExecutionEnd;
  readonly event: BusEvent | undefined;
  /** Absent where none was written. */
  readonly row: Readonly<Record<string, unknown>> | undefined;
  readonly checks: number;
  readonly tableName: string;
  readonly trackings: readonly RunResult[];
}

/** What `--json` prints. */
export function campaignJsonText(result: CampaignResult): string {
  return printableJson(campaignDocument(result), 2);
}

export function campaignDocument({ event, row, trackings }: CampaignResult) {
  return {
    campaign: { event: event ?? null, summary: row ?? null },
    trackings: trackings.map(jsonDocument),
  };
}

/** Enough to tell a few dozen ids apart, such as `ds-30bd9810…`. */
export function shortId(requestId: string): string {
  return requestId.length > SHORT_ID ? `${requestId.slice(0, SHORT_ID - 1)}…` : requestId;
}

export const SHORT_ID = 12;

/**
 * How far a campaign was at a check of its own.
 *
 * @param ended notifications of which an end was heard, for a check that does not say it.
 */
export function campaignProgressOf(
  result: CampaignCheckResult,
  check: number,
  ended: number,
  of: number,
): Progress {
  if (result.outcome === 'waiting') {
    return { check, status: 'in progress', done: ended, of, obstacle: result.obstacle };
  }
  const { notifications, error }: Partial<CampaignFailedDetail['data']> = result.detail.data;
  const done = notifications === undefined ? ended : of - notifications.missing;
  return { check, status: STATUS[result.outcome], done, of, obstacle: error?.code };
}

const STATUS = { complete: 'complete', 'timed-out': 'timed out', failed: 'failed' } as const;

/** What a person reads at the end: the event, where the row is, and last how it went, and in which notification whom nobody reached. */
export function campaignClosingLines(result: CampaignResult, terminal: Colours): string[] {
  const { campaignId, event, trackings } = result;
  const state = stateOf(result);
  return [
    '',
    ...eventLines(event),
    '',
    placeText(result),
    '',
    `${paint(terminal, 'bold', campaignId)}  ${paint(terminal, state === 'complete' ? 'green' : 'red', HEADLINES[state])}`,
    ...factLines(result),
    ...notReachedLines(trackings, terminal),
  ];
}

const HEADLINES = {
  complete: 'Campaign complete',
  'timed-out': 'Campaign timed out',
  failed: 'Tracking of the campaign failed',
} as const;

function placeText({ campaignId, row, tableName, trackings }: CampaignResult): string {
  const others = trackings.reduce((sum, { rows }) => sum + rows.length, 0);
  const place =
    row === undefined
      ? `No row of the campaign is in the table ${tableName}`
      : `The campaign's row is in the table ${tableName}, under "${campaignPartition(campaignId)}" and "${SUMMARY_ID}"`;
  return `${place}, beside ${others} rows of its notifications (in memory; a deployment keeps them in DynamoDB)`;
}

function factLines({ event, end, checks }: CampaignResult): string[] {
  const data = (event?.detail.data ?? {}) as Partial<CampaignFailedDetail['data']>;
  const { notifications, counts, completedAt, durationSeconds, error } = data;
  const noEvent = `The execution ended ${end.status} without an event: ${end.error ?? 'it was stopped'}.`;
  const facts: [string, string | undefined][] = [
    ['notifications', notifications && notificationsText(notifications)],
    ['recipients', counts && `${counts.delivered} delivered, ${counts.failed} failed, of ${counts.total}`],
    [
      'ended',
      completedAt &&
        `${timestamp(completedAt)}${durationSeconds === undefined ? '' : ` (after ${duration(durationSeconds)})`}`,
    ],
    ['checks', String(checks)],
    ['error', event === undefined ? noEvent : error && `${error.code}: ${error.message}`],
  ];
  return facts.flatMap(([name, text]) =>
    text === undefined ? [] : [`  ${name.padEnd(15)}${printable(text)}`],
  );
}

/** Such as `4 complete, 1 timed out, of 5`. */
function notificationsText({
  expected,
  complete,
  timedOut,
  failed,
  missing,
}: NonNullable<CampaignFailedDetail['data']['notifications']>): string {
  return [
    `${complete} complete`,
    ...(timedOut > 0 ? [`${timedOut} timed out`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(missing > 0 ? [`${missing} missing`] : []),
    `of ${expected}`,
  ].join(', ');
}

const MOST_SHOWN = 20;

/** Those notifications that did not reach everybody: how each ended, and whom of those it told about it did not reach. */
function notReachedLines(trackings: readonly RunResult[], terminal: Colours): string[] {
  const cells = trackings.map(shownEnd).filter(isShort).map(notReachedCells);
  if (cells.length === 0) return [];
  const rest = cells.length - MOST_SHOWN;
  return [
    '',
    ...tableLines(terminal, ['notification', 'ended', 'not reached'], cells.slice(0, MOST_SHOWN)),
    ...(rest > 0 ? [`and ${rest} more; --json lists them all`] : []),
  ];
}

function isShort({ state, counts }: ShownTracking): boolean {
  return state !== 'complete' || counts.failed > 0;
}

/** Such as `ds-30bd9810…`, `PARTIAL_SUCCESS` and `3 of 24: ann@example.com and 2 more`. */
function notReachedCells(shown: ShownTracking): string[] {
  const { requestId, state, status, counts, error, failedRecipients } = shown;
  const code = state === 'failed' && error?.code !== undefined ? ` (${error.code})` : '';
  const ended = state === 'complete' && status !== undefined ? status : `${headline(shown)}${code}`;
  const [first] = failedRecipients;
  const others = counts.failed - 1;
  const names =
    first === undefined ? '' : `: ${recipientCell(first)}${others > 0 ? ` and ${others} more` : ''}`;
  return [shortId(requestId), ended, `${counts.failed} of ${counts.total}${names}`];
}
