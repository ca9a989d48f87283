/** What a check concludes from what it saw. Pure: the clock and the world are handed in as values. */

import { isFinalStatus } from './kore/status-word.ts';
import type { Obstacle, ObstacleCode } from './obstacle.ts';

/** What the check saw: Kore's status, its delivery logs being safe in the table, or why there is none. */
export type Sight =
  | { readonly kind: 'status'; readonly status: string }
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle };

/** What is known of the tracking beside the sight; all times in seconds since the start of the execution. */
export interface Tracking {
  readonly elapsedSeconds: number;
  readonly deadlineSeconds: number;
  /** How long Kore may answer 404 to a request id that it has never known. */
  readonly notFoundGraceSeconds: number;
  /** Whether Kore has ever reported on this notification. */
  readonly everAnswered: boolean;
}

export type Decision =
  | { readonly outcome: 'waiting'; readonly obstacle?: Obstacle }
  | { readonly outcome: 'complete'; readonly status: string }
  | { readonly outcome: 'timed-out'; readonly status: string; readonly error: TrackingError }
  | { readonly outcome: 'failed'; readonly error: TrackingError };

/** Why a tracking did not complete; `code` is stable. */
export interface TrackingError {
  readonly code: string;
  readonly message: string;
}

/** How long after the deadline a tracking may still wait for its own side: as long again, an hour at most. */
const MOST_OVERTIME_SECONDS = 3_600;

/** Obstacles on our own side: Kore may have an answer, or gave one whose logs would be lost. */
const WORTH_OVERTIME: readonly ObstacleCode[] = [
  'OUT_OF_CALL_BUDGET',
  'PAUSED',
  'TABLE_UNREACHABLE',
  'LOGS_NOT_SAVED',
];

/** Seconds from the start after which no tracking goes on. */
export function lastEnd(deadlineSeconds: number): number {
  return deadlineSeconds + Math.min(deadlineSeconds, MOST_OVERTIME_SECONDS);
}

/** Decides what becomes of a tracking after one check. */
export function decide(sight: Sight, tracking: Tracking): Decision {
  const deadlinePassed = tracking.elapsedSeconds >= tracking.deadlineSeconds;
  if (sight.kind === 'status') return decideOnStatus(sight.status, deadlinePassed, tracking.deadlineSeconds);
  const { obstacle } = sight;
  const hasOvertime =
    WORTH_OVERTIME.includes(obstacle.code) && tracking.elapsedSeconds < lastEnd(tracking.deadlineSeconds);
  if (deadlinePassed && !hasOvertime) {
    return { outcome: 'failed', error: obstacle };
  }
  if (isLostId(obstacle, tracking)) return { outcome: 'failed', error: obstacle };
  return { outcome: 'waiting', obstacle };
}

function decideOnStatus(status: string, deadlinePassed: boolean, deadlineSeconds: number): Decision {
  if (isFinalStatus(status)) return { outcome: 'complete', status };
  if (!deadlinePassed) return { outcome: 'waiting' };
  const message = `Kore still reported ${status} at the deadline of ${deadlineSeconds} s.`;
  return { outcome: 'timed-out', status, error: { code: 'DEADLINE_PASSED', message } };
}

function isLostId(obstacle: Obstacle, { everAnswered, elapsedSeconds, notFoundGraceSeconds }: Tracking) {
  return (
    obstacle.code === 'NOTIFICATION_NOT_FOUND' && !everAnswered && elapsedSeconds >= notFoundGraceSeconds
  );
}
