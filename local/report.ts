/** What a local run says: lines for a person as it goes, or one JSON document at the end. */
import { styleText } from 'node:util';
import { printable, printableJson } from '../cli/text/printable.ts';
import { SUMMARY_ID } from '../contract/table-names.ts';
import type { CheckResult } from '../lambdas/check-delivery/invocation/invocation.ts';
import { fieldOf } from '../lambdas/check-delivery/kore/answer/field-of.ts';
import type { BusEvent } from './aws/event-bus.ts';
import type { ExecutionEnd } from './aws/state-machine.ts';

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

export function jsonDocument({ name, end, event, rows, checks }: RunResult) {
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
    deliveryLogs: rows.filter((row) => !isSummary(row)),
  };
}

/** One line for a check: time, status, progress. */
export function checkLine(result: CheckResult, seconds: number, recipients: number | undefined): string {
  const { check, status, done, obstacle } = factsOf(result);
  // A recipient on two channels has two logs, so that there may be more logs than recipients.
  const ratio = recipients === undefined || done > recipients ? undefined : done / recipients;
  const progress = ratio === undefined ? `${done} dealt with` : `${done} of ${recipients}`;
  return [
    `${seconds.toFixed(1).padStart(6)} s`,
    `check ${String(check).padEnd(3)}`,
    printable(status).padEnd(15),
    progress.padEnd(14),
    ratio === undefined ? '' : `${bar(ratio)} ${String(Math.round(ratio * 100)).padStart(3)} %`,
    obstacle === undefined ? '' : styleText('yellow', printable(obstacle)),
  ]
    .join('  ')
    .trimEnd();
}

/** What a person reads at the end: how it went, who was not reached and why, where the rows are, the event. */
export function closingLines(result: RunResult): string[] {
  const { rows, tableName, event } = result;
  const logs = rows.filter((row) => !isSummary(row));
  return [
    '',
    verdict(result),
    ...failedRecipients(logs),
    '',
    `${count(logs.length, 'delivery log')} and ${count(rows.length - logs.length, 'summary')} in the table ${tableName} (in memory; a deployment keeps them in DynamoDB)`,
    ...(event === undefined
      ? ['No event was sent.']
      : [
          printable(`Event "${event.detailType}" from ${event.source}:`),
          ...printableJson(event.detail, 2).split('\n'),
        ]),
  ];
}

const MOST_SHOWN = 20;

function verdict({ event, end, checks }: RunResult): string {
  if (event === undefined) {
    return styleText(
      'red',
      printable(`The execution ended ${end.status} without an event: ${end.error ?? 'it was stopped'}.`),
    );
  }
  const { status, counts, durationSeconds, error } = event.detail.data as {
    status?: string;
    counts?: { total: number; delivered: number; failed: number };
    durationSeconds?: number;
    error?: { code: string; message: string };
  };
  const duration = durationSeconds === undefined ? '' : `${durationSeconds} s and `;
  const effort = `after ${duration}${count(checks, 'check')}`;
  if (error !== undefined) {
    const title = end.status === 'SUCCEEDED' ? 'Timed out' : 'Tracking failed';
    return `${styleText('red', printable(`${title}: ${error.code}`))} ${effort}. ${printable(error.message)}`;
  }
  const { total = 0, delivered = 0, failed = 0 } = counts ?? {};
  const others = total - delivered - failed;
  const counted = `${delivered} delivered, ${failed} failed${others > 0 ? `, ${others} of another status` : ''}`;
  return `${styleText('green', printable(`Delivery complete: ${status}`))} ${effort}. ${counted}.`;
}

function failedRecipients(logs: readonly Row[]): string[] {
  const failed = logs
    .filter(({ status }) => status === 'FAILURE')
    .sort((a, b) => String(a.recipient).localeCompare(String(b.recipient)));
  if (failed.length === 0) return [];
  const shown = failed.slice(0, MOST_SHOWN).map(({ recipient, log }) => {
    const comments = fieldOf(log, 'comments');
    const reason = typeof comments === 'string' ? printable(comments) : 'no reason given';
    return `  ${printable(String(recipient ?? 'unknown')).padEnd(30)}  ${reason}`;
  });
  const rest = failed.length - shown.length;
  return ['', 'Failed recipients:', ...shown, ...(rest > 0 ? [`  and ${rest} more`] : [])];
}

interface CheckFacts {
  readonly check: number;
  readonly status: string;
  readonly done: number;
  readonly obstacle?: string;
}

function factsOf(result: CheckResult): CheckFacts {
  if (result.outcome === 'waiting') {
    const { progress, obstacle } = result;
    return {
      check: progress?.checks ?? 1,
      status: progress?.status ?? 'no answer yet',
      done: progress?.counts.total ?? 0,
      ...(obstacle && { obstacle }),
    };
  }
  const { checks, status, counts, error } = result.detail.data as {
    checks?: number;
    status?: string;
    counts?: { total: number };
    error?: { code: string };
  };
  const obstacle = error?.code;
  return {
    check: checks ?? 1,
    status: status ?? 'no answer yet',
    done: counts?.total ?? 0,
    ...(obstacle && { obstacle }),
  };
}

/** A number with its noun; one summary is all there is, so plurals are regular. */
function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 || noun === 'summary' ? '' : 's'}`;
}

function bar(ratio: number): string {
  const width = 20;
  const filled = Math.round(ratio * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

function isSummary({ logId }: Row): boolean {
  return logId === SUMMARY_ID;
}
