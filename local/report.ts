/** What a local run says: lines for a person as it goes, or one JSON document at the end. */
import { headline, type ShownTracking, shownTracking, trackingLines } from '../cli/display/shown-tracking.ts';
import type { Colours } from '../cli/display/terminal.ts';
import { peopleOf } from '../cli/text/people.ts';
import { printable, printableJson } from '../cli/text/printable.ts';
import type { DeliveryLogRow } from '../contract/delivery-log-row.ts';
import { SUMMARY_ID } from '../contract/table-names.ts';
import type { CheckResult } from '../lambdas/check-delivery/invocation/invocation.ts';
import type { BusEvent } from './aws/event-bus.ts';
import type { ExecutionEnd } from './aws/state-machine.ts';
import { lineOf, type Progress, progressColumns, timeColumn } from './progress-columns.ts';

type Row = Readonly<Record<string, unknown>>;

export interface RunResult {
  readonly name: string;
  readonly end: ExecutionEnd;
  readonly event: BusEvent | undefined;
  readonly rows: readonly Row[];
  readonly tableName: string;
  readonly checks: number;
}

/** What `--json` prints. */
export function jsonText(result: RunResult): string {
  return printableJson(jsonDocument(result), 2);
}

export function jsonDocument(result: RunResult) {
  const { name, end, event, rows, checks } = result;
  return {
    execution: {
      name,
      status: end.status,
      checks,
      output: end.output,
      ...(end.error !== undefined && { error: end.error }),
    },
    event: event ?? null,
    summary: rows.find(isSummary) ?? null,
    deliveryLogs: logsOf(result),
  };
}

/** One line for a check: time, status, progress. */
export function checkLine(
  result: CheckResult,
  seconds: number,
  recipients: number | undefined,
  terminal: Colours,
): string {
  return lineOf([timeColumn(seconds), ...progressColumns(progressOf(result, recipients), terminal)]);
}

/** What a check found, or met. */
export function progressOf(result: CheckResult, recipients: number | undefined): Progress {
  const { checks = 1, status = 'no answer yet', counts, obstacle } = factsOf(result);
  return { check: checks, status, done: counts?.total ?? 0, of: recipients, obstacle };
}

/** What a person reads at the end: the event, where the rows are, and last, since it stays on the screen, how it went and who was not reached. */
export function closingLines(result: RunResult, terminal: Colours): string[] {
  const { rows, tableName, event } = result;
  const shown = shownEnd(result);
  const title = headline(shown);
  const logs = logsOf(result).length;
  return [
    '',
    ...eventLines(event),
    '',
    `${count(logs, 'delivery log')} and ${count(rows.length - logs, 'summary')} in the table ${tableName} (in memory; a deployment keeps them in DynamoDB)`,
    '',
    ...trackingLines(shown, terminal, { title: title.charAt(0).toUpperCase() + title.slice(1) }),
  ];
}

export function eventLines(event: BusEvent | undefined): string[] {
  if (event === undefined) return ['No event was sent.'];
  return [
    printable(`Event "${event.detailType}" from ${event.source}:`),
    ...printableJson(event.detail, 2).split('\n'),
  ];
}

/** The tracking as its event describes it. Addresses are shown: they are simulated, or the operator named the host. */
export function shownEnd(result: RunResult): ShownTracking {
  const { name, end, event, checks } = result;
  const { completedAt, ...data } = (event?.detail.data ?? {}) as EventData;
  const message = `The execution ended ${end.status} without an event: ${end.error ?? 'it was stopped'}.`;
  const tracking = {
    ...data,
    ...{ requestId: name, state: stateOf(result), checks, endedAt: completedAt },
    ...(event === undefined && { error: { message } }),
  };
  return shownTracking(
    tracking,
    logsOf(result) as unknown as DeliveryLogRow[],
    peopleOf({ showAddresses: true }),
  );
}

type EventData = Partial<ShownTracking> & { readonly completedAt?: string };

export function stateOf({
  end,
  event,
}: Pick<RunResult, 'end' | 'event'>): 'complete' | 'timed-out' | 'failed' {
  if (event === undefined || end.status !== 'SUCCEEDED') return 'failed';
  const { outcome } = end.output as { outcome?: string };
  return outcome === 'timed-out' ? 'timed-out' : 'complete';
}

interface CheckFacts {
  readonly checks?: number | undefined;
  readonly status?: string | undefined;
  readonly counts?: { readonly total: number } | undefined;
  readonly error?: { readonly code: string } | undefined;
}

/** What the check found, and the code of the obstacle or error that it met. */
function factsOf(result: CheckResult): CheckFacts & { readonly obstacle: string | undefined } {
  if (result.outcome === 'waiting') return { ...result.progress, obstacle: result.obstacle };
  const data: CheckFacts = result.detail.data;
  return { ...data, obstacle: data.error?.code };
}

/** A number with its noun; one summary is all there is, so plurals are regular. */
function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 || noun === 'summary' ? '' : 's'}`;
}

function isSummary({ logId }: Row): boolean {
  return logId === SUMMARY_ID;
}

function logsOf({ rows }: RunResult): Row[] {
  return rows.filter((row) => !isSummary(row));
}
