/** What is known of a tracking: from its execution, from its checks while it runs, and from its summary afterwards. */

import type { Counts } from '../../../contract/counts.ts';
import type { Summary } from '../../../contract/delivery-log-row.ts';
import type { TrackingOutput } from '../../../contract/event/final-event.ts';
import type { TrackingInput } from '../../../contract/tracking-input.ts';
import { type DeliveryLogTable, summaryOf } from '../delivery-log-rows.ts';
import { type Attempt, attemptNumberOf, latestAttempt, type StateMachine } from './attempts.ts';
import { checksAfter, type SeenCheck } from './seen-checks.ts';

/** `stopped` is by hand; its event says `failed`. Of one whose execution is forgotten, only rows may be left: `unknown`. */
export type TrackingState = 'running' | 'complete' | 'timed-out' | 'failed' | 'stopped' | 'unknown';

/** The latest attempt at a notification. Unknown fields are absent. */
export interface Tracking {
  readonly requestId: string;
  readonly state: TrackingState;
  /** From 1. */
  readonly attempt?: number | undefined;
  readonly executionArn?: string | undefined;
  readonly streamId?: string | undefined;
  /** How many the notification has, as given at the start of the tracking. */
  readonly recipients?: number | undefined;
  readonly campaignId?: string | undefined;
  readonly correlationId?: string | undefined;
  /** Kore's latest status for the whole. */
  readonly status?: string | undefined;
  readonly counts?: Counts | undefined;
  readonly channels?: readonly string[] | undefined;
  readonly checks?: number | undefined;
  /** ISO 8601 in UTC, like all times here. */
  readonly startedAt?: string | undefined;
  readonly endedAt?: string | undefined;
  readonly durationSeconds?: number | undefined;
  readonly nextCheckAt?: string | undefined;
  /** Code of the obstacle that the latest check met. */
  readonly obstacle?: string | undefined;
  readonly error?: { readonly code?: string | undefined; readonly message: string } | undefined;
}

/** What AWS holds of a notification. */
export interface Known {
  readonly attempt: Attempt | undefined;
  readonly summary: Summary | undefined;
  /** Of the attempt. */
  readonly latestCheck?: SeenCheck | undefined;
}

/** The latest attempt and the summary, which outlives it. */
export async function lookUp(
  stateMachine: StateMachine,
  table: DeliveryLogTable,
  requestId: string,
): Promise<Known> {
  const [first, summary] = await Promise.all([
    latestAttempt(stateMachine, requestId),
    summaryOf(table, requestId),
  ]);
  // A first attempt is forgotten before the later ones are.
  const later = attemptNumberOf(String(summary?.executionArn ?? ''));
  const attempt =
    first === undefined && later > 1 ? await latestAttempt(stateMachine, requestId, later) : first;
  return { attempt, summary };
}

/** @returns `undefined` where nothing is known. */
export async function lookUpTracking(
  stateMachine: StateMachine,
  table: DeliveryLogTable,
  requestId: string,
): Promise<Tracking | undefined> {
  const { attempt, summary } = await lookUp(stateMachine, table, requestId);
  const isTold = attempt === undefined || attempt.status === 'SUCCEEDED';
  const [latestCheck] = isTold ? [] : await checksAfter(stateMachine, attempt.executionArn, 0, 1);
  return trackingOf({ attempt, summary, latestCheck });
}

export function trackingOf({ attempt, summary, latestCheck }: Known): Tracking | undefined {
  if (attempt === undefined) return summary === undefined ? undefined : fromSummary(summary);
  const input = fieldsOf<TrackingInput>(attempt.input);
  const output = fieldsOf<TrackingOutput>(attempt.output);
  // A retracked notification keeps the summary of the better attempt.
  const own = summary?.executionArn === attempt.executionArn ? fromSummary(summary) : undefined;
  const state = stateOf(attempt);
  const error =
    own?.error ??
    latestCheck?.error ??
    (attempt.cause === undefined ? undefined : { message: attempt.cause });
  return {
    requestId: attempt.requestId,
    state,
    attempt: attempt.number,
    executionArn: attempt.executionArn,
    streamId: own?.streamId ?? input.streamId,
    recipients: input.recipients,
    campaignId: input.campaignId,
    correlationId: input.correlationId,
    status: own?.status ?? output.status ?? latestCheck?.status,
    counts: own?.counts ?? output.counts ?? latestCheck?.counts,
    channels: own?.channels,
    checks: own?.checks ?? latestCheck?.number,
    startedAt: attempt.startedAt?.toISOString(),
    endedAt: attempt.endedAt?.toISOString(),
    durationSeconds: own?.durationSeconds ?? secondsBetween(attempt),
    ...(state === 'running' && { nextCheckAt: latestCheck?.nextCheckAt, obstacle: latestCheck?.obstacle }),
    ...(state !== 'running' && state !== 'complete' && { error }),
  };
}

export function stateOf({ status, output }: Attempt): TrackingState {
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return 'running';
  if (status === 'ABORTED') return 'stopped';
  if (status !== 'SUCCEEDED') return 'failed';
  const { outcome } = fieldsOf<TrackingOutput>(output);
  return outcome === 'timed-out' ? 'timed-out' : 'complete';
}

/** An execution's input or output; others may have started one, with anything. */
export function fieldsOf<T extends object>(json: string | undefined): Partial<T> {
  try {
    const fields = JSON.parse(json ?? '{}');
    return typeof fields === 'object' && fields !== null ? fields : {};
  } catch {
    return {};
  }
}

function fromSummary(summary: Summary): Tracking {
  const { requestId, outcome, executionArn, completedAt, ...facts } = summary as unknown as SummaryFields;
  const { streamId, campaignId, correlationId, status, counts, channels, checks, startedAt } = facts;
  const { durationSeconds, error } = facts;
  return {
    requestId,
    state: outcome,
    attempt: executionArn === undefined ? undefined : attemptNumberOf(executionArn),
    executionArn,
    ...{ streamId, campaignId, correlationId, status, counts, channels, checks, startedAt },
    ...{ durationSeconds, error },
    endedAt: completedAt,
  };
}

/** The data of the final event (contract/event/final-event.ts) with what ties it to its execution. */
type SummaryFields = Omit<Tracking, 'state' | 'endedAt'> & {
  readonly outcome: 'complete' | 'timed-out' | 'failed';
  readonly completedAt?: string;
};

function secondsBetween({ startedAt, endedAt }: Attempt): number | undefined {
  if (startedAt === undefined || endedAt === undefined) return undefined;
  return Math.round((endedAt.getTime() - startedAt.getTime()) / 1000);
}
