/** A tracking as `show`, `start`, `watch` and `npm start` print it. */
import { type Counts, countsOf } from '../../contract/counts.ts';
import type { DeliveryLogRow } from '../../contract/delivery-log-row.ts';
import type { CommandText } from '../command-text.ts';
import { obstacleRemedy, obstacleSentence } from '../text/obstacle-sentence.ts';
import type { People } from '../text/people.ts';
import { printable } from '../text/printable.ts';
import { duration, timestamp } from '../text/timestamp.ts';
import type { Tracking, TrackingState } from '../tracker/executions/tracking.ts';
import { factLines, titleLines } from './fact-lines.ts';
import { reasonCell, recipientCell, type ShownRow, shownRow } from './shown-row.ts';
import { type Room, tableLines } from './table-layout.ts';

export interface ShownTracking extends Tracking {
  readonly counts: Counts;
  readonly failedRecipients: readonly ShownRow[];
}

export function shownTracking(
  tracking: Tracking,
  rows: readonly DeliveryLogRow[],
  people: People,
): ShownTracking {
  const failed = rows.filter(({ status }) => status === 'FAILURE');
  const failedRecipients = failed
    .map((row) => shownRow(row, people))
    .sort((a, b) => (a.recipient ?? '').localeCompare(b.recipient ?? ''));
  return {
    ...tracking,
    counts: tracking.counts ?? countsOf(rows.map(({ status }) => status)),
    failedRecipients,
  };
}

/** On a terminal; `--json` has them all. */
const MOST_FAILED = 20;

export interface TrackingLinesOptions {
  /** After the request id. */
  readonly title?: string;
  /** Writes what to do about an obstacle; left out where there is no tracker to do it to. */
  readonly command?: CommandText;
}

export function trackingLines(
  shown: ShownTracking,
  terminal: Room,
  { title = headline(shown), command }: TrackingLinesOptions = {},
): string[] {
  const { failedRecipients } = shown;
  const cells = failedRecipients
    .slice(0, MOST_FAILED)
    .map((row) => [recipientCell(row), row.channel ?? '', reasonCell(row)]);
  const rest = failedRecipients.length - cells.length;
  return [
    ...titleLines(terminal, COLOURS[shown.state], shown.requestId, title),
    ...factLines(terminal, factsOf(shown)),
    ...remedyLines(shown, command),
    ...(cells.length === 0
      ? []
      : ['', ...tableLines(terminal, ['failed recipient', 'channel', 'reason'], cells)]),
    ...(rest > 0 ? [`and ${rest} more; --json lists them all`] : []),
  ];
}

const COLOURS: Readonly<Record<TrackingState, 'green' | 'red' | 'yellow'>> = {
  running: 'yellow',
  complete: 'green',
  'timed-out': 'red',
  failed: 'red',
  stopped: 'red',
  unknown: 'yellow',
};

const HEADLINES: Readonly<Record<TrackingState, string>> = {
  running: 'running',
  complete: 'delivery complete',
  'timed-out': 'timed out',
  failed: 'tracking failed',
  stopped: 'stopped by hand',
  unknown: 'no execution or summary is left, only rows',
};

/** Such as `delivery complete: PARTIAL_SUCCESS`. */
export function headline({ state, status }: Pick<Tracking, 'state' | 'status'>): string {
  return status === undefined ? HEADLINES[state] : `${HEADLINES[state]}: ${printable(status)}`;
}

/** What is to be pasted is not broken. */
function remedyLines(shown: ShownTracking, command: CommandText | undefined): string[] {
  const code = shown.obstacle ?? shown.error?.code ?? '';
  const remedy = command && obstacleRemedy(code, shown, command);
  return remedy === undefined ? [] : [`  ${printable(remedy)}`];
}

function factsOf(shown: ShownTracking): readonly [string, string | undefined][] {
  const { attempt, streamId, campaignId, correlationId, channels, checks, error, obstacle, nextCheckAt } =
    shown;
  return [
    ['recipients', countsText(shown.counts, shown.recipients ?? shown.counts.expected)],
    ['bot', streamId],
    ['channels', channels?.join(', ') || undefined],
    ['campaign', campaignId],
    ['correlation', correlationId],
    ['attempt', attempt === undefined || attempt === 1 ? undefined : String(attempt)],
    ['started', shown.startedAt && timestamp(shown.startedAt)],
    ['ended', endText(shown)],
    ['checks', checks === undefined ? undefined : String(checks)],
    ['next check', nextCheckAt && timestamp(nextCheckAt)],
    ['obstacle', obstacle && `${obstacle}: ${obstacleSentence(obstacle)}`],
    ['error', error && [error.code, error.message].filter((part) => part !== undefined).join(': ')],
  ];
}

/** Such as `21 delivered, 3 failed, of 24`. */
function countsText({ total, delivered, failed }: Counts, recipients?: number): string {
  const others = total - delivered - failed;
  return [
    `${delivered} delivered, ${failed} failed`,
    ...(others > 0 ? [`${others} of another status`] : []),
    ...(recipients === undefined ? [] : [`of ${recipients}`]),
  ].join(', ');
}

/** Such as `9 of 24`. A recipient on two channels has two logs, so that there may be more logs than recipients. */
export function progressText(done: number, recipients: number | undefined): string {
  return recipients === undefined || done > recipients ? `${done} dealt with` : `${done} of ${recipients}`;
}

function endText({ endedAt, durationSeconds }: Tracking): string | undefined {
  if (endedAt === undefined) return undefined;
  const after = durationSeconds === undefined ? '' : ` (after ${duration(durationSeconds)})`;
  return `${timestamp(endedAt)}${after}`;
}
