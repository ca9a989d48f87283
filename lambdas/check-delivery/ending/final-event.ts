/** How a tracking is reported: the final event's detail, the execution's output and the summary row. */

import { noCounts } from '../../../contract/counts.ts';
import type { Summary } from '../../../contract/delivery-log-row.ts';
import type { Outcome } from '../../../contract/event/event-names.ts';
import type { FinalEventDetail } from '../../../contract/event/final-event.ts';
import { requestIdIn } from '../../../contract/execution-name.ts';
import { SUMMARY_ID } from '../../../contract/table-names.ts';
import { idSchema, type TrackingInput } from '../../../contract/tracking-input.ts';
import type { Decision, TrackingError } from '../decision.ts';
import type { Ended, Execution, Progress } from '../invocation/invocation.ts';
import { expiryOf } from '../rows/to-rows.ts';

export interface Ending {
  readonly execution: Execution;
  readonly request: TrackingInput;
  readonly progress: Progress;
  readonly decision: Exclude<Decision, { outcome: 'waiting' }>;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly tableArn: string;
}

/** The result that makes the state machine publish and end. No recipient's address is in it. */
export function finalEventOf({ execution, request, progress, decision, now, tableArn }: Ending): Ended {
  const { requestId, streamId, campaignId, correlationId } = request;
  const { status = progress.status, error } = decision as { status?: string; error?: TrackingError };
  const { channels, checks } = progress;
  const isShort = decision.outcome === 'complete' && progress.counts.total < decision.final.expected;
  const counts = { ...progress.counts, ...(isShort && { expected: decision.final.expected }) };
  const completedAt = new Date(now).toISOString();
  const startedAt = new Date(execution.startedAt).toISOString();
  const detail = {
    metadata: {
      id: execution.id,
      version: '1',
      timestamp: completedAt,
      ...(campaignId !== undefined && { campaignId }),
      ...(correlationId !== undefined && { correlationId }),
    },
    data: {
      requestId,
      ...(streamId !== undefined && { streamId }),
      ...(status !== undefined && { status }),
      counts,
      channels,
      startedAt,
      completedAt,
      durationSeconds: Math.round((now - Date.parse(startedAt)) / 1000),
      checks,
      deliveryLog: { tableArn, partitionKey: requestId },
      ...(error !== undefined && { error: { code: error.code, message: error.message } }),
    },
  } as FinalEventDetail;
  const { outcome } = decision;
  return { outcome, detail, output: { outcome, ...(status !== undefined && { status }), counts } };
}

/** An input that cannot be tracked, and what of it is usable. */
export interface Rejected {
  /** Whatever came. */
  readonly input: unknown;
  readonly requestId?: string | undefined;
  readonly campaignId?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly message: string;
}

/** The report of a rejected input: named by its execution where it has no usable request id. */
export function finalEventOfRejected(execution: Execution, rejected: Rejected, now: number): Ended {
  const { requestId = requestIdIn(execution.name), campaignId, correlationId, message } = rejected;
  const timestamp = new Date(now).toISOString();
  return {
    outcome: 'failed',
    detail: {
      metadata: {
        id: execution.id,
        version: '1',
        timestamp,
        ...(campaignId !== undefined && { campaignId }),
        ...(correlationId !== undefined && { correlationId }),
      },
      data: { requestId, error: { code: 'INVALID_INPUT', message } },
    },
    output: { outcome: 'failed', counts: noCounts() },
  };
}

/** The summary row: the event's data, with what ties it to its execution. */
export function summaryOf(
  { metadata, data }: FinalEventDetail,
  outcome: Outcome,
  { now, retentionDays }: { now: number; retentionDays: number },
): Summary {
  const { deliveryLog: _, ...facts } = data as typeof data & { deliveryLog?: unknown };
  return {
    ...facts,
    logId: SUMMARY_ID,
    outcome,
    executionArn: metadata.id,
    // A key of an index: the table would refuse one that is none. Ends that others recorded may have any.
    ...(isId(metadata.campaignId) && { campaignId: metadata.campaignId }),
    ...(metadata.correlationId !== undefined && { correlationId: metadata.correlationId }),
    savedAt: new Date(now).toISOString(),
    expiresAt: expiryOf({ now, retentionDays }),
  };
}

function isId(value: unknown): value is string {
  return idSchema.safeParse(value).success;
}
