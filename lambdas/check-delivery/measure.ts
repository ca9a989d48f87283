/** What a check is worth to the operator's dashboard: one measurement for each thing that happened in it. */

import type { MetricName } from '../../contract/metrics.ts';
import { shareBooked } from './budget/bookings.ts';
import type { Capacity } from './budget/call-limits.ts';
import { slotAt } from './budget/call-limits.ts';
import type { QuotaState } from './budget/claim-call.ts';
import type { Decision, Finding } from './decision.ts';
import type { FinalStatus } from './invocation/final-status.ts';
import type { Ended, Execution, Progress } from './invocation/invocation.ts';
import type { ObstacleCode } from './obstacle.ts';
import type { Meter } from './telemetry/meter.ts';

export interface Measured {
  readonly finding: Finding;
  /** What the call budget said; absent where it was not asked or not reached. */
  readonly quota?: QuotaState | undefined;
  readonly progress: Progress;
  /** Kore's time of its latest delivery log, ISO 8601; absent where the check did not read the table. */
  readonly latestLogAt?: string | undefined;
  readonly execution: Execution;
  /** What the check before knew. */
  readonly before: Progress;
  readonly decision: Decision;
  /** The end that this check recorded, told or not. An end whose recording was not confirmed is not measured. */
  readonly recorded: Ended | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly capacity: Capacity;
}

export function measure(measured: Measured, meter: Meter): void {
  const { before, finding, quota, recorded, now, capacity } = measured;
  if (before.checks === 0) meter.add('TrackingsStarted', 1);
  if (finding.kind === 'obstacle') meter.add(METRIC_OF[finding.obstacle.code], 1);
  if (quota !== undefined) {
    meter.add('CallBudgetUsed', 100 * shareBooked(slotAt(now), quota.state.bookings, capacity));
  }
  if (recorded !== undefined) measureEnd(measured, recorded, meter);
}

/** A tracking that ends before anything is asked. */
export function measureRejected(meter: Meter): void {
  meter.add('TrackingsStarted', 1);
  meter.add('TrackingsFailed', 1);
}

const METRIC_OF: Readonly<Record<ObstacleCode, MetricName>> = {
  NOT_CONFIGURED: 'CredentialsRefused',
  INVALID_SECRET: 'CredentialsRefused',
  SECRET_UNREACHABLE: 'CredentialsRefused',
  CREDENTIALS_REFUSED: 'CredentialsRefused',
  RATE_LIMITED: 'RefusedCalls',
  KORE_UNREACHABLE: 'KoreUnreachable',
  KORE_ANSWER_INVALID: 'KoreUnreachable',
  KORE_REQUEST_REFUSED: 'KoreUnreachable',
  NOTIFICATION_NOT_FOUND: 'NotificationsNotFound',
  TABLE_UNREACHABLE: 'LogsNotSaved',
  LOGS_NOT_SAVED: 'LogsNotSaved',
  OUT_OF_CALL_BUDGET: 'PostponedCalls',
  PAUSED: 'PausedChecks',
};

const METRIC_OF_OUTCOME: Readonly<Record<Ended['outcome'], MetricName>> = {
  complete: 'DeliveriesComplete',
  'timed-out': 'DeliveriesTimedOut',
  failed: 'TrackingsFailed',
};

function measureEnd(measured: Measured, { outcome }: Ended, meter: Meter): void {
  const { decision, progress } = measured;
  const { checks, counts } = progress;
  meter.add(METRIC_OF_OUTCOME[outcome], 1);
  meter.add('ChecksPerNotification', checks);
  meter.add('RecipientsDelivered', counts.delivered);
  meter.add('RecipientsFailed', counts.failed);
  if (decision.outcome === 'complete') meter.add('DetectionLag', detectionLag(measured, decision.final));
}

/** The delivery ended after it was last seen under way, and after its latest log: whichever is later. */
function detectionLag({ execution, before, latestLogAt }: Measured, final: FinalStatus): number {
  const startedAt = Date.parse(execution.startedAt);
  const lastLogSeconds = latestLogAt === undefined ? 0 : (Date.parse(latestLogAt) - startedAt) / 1000;
  return Math.max(0, final.seenSeconds - Math.max(before.seenSeconds, lastLogSeconds));
}
