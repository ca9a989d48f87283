/** What a check concludes from what it found. Pure: the clock and the world are handed in as values. */

import {
  type FinalStatus,
  finalStatusAfter,
  type LogsSeen,
  secondsToNextCheck,
} from './invocation/final-status.ts';
import type { StatusWord } from './kore/words/status-word.ts';
import type { Obstacle, ObstacleCode } from './obstacle.ts';
import { lastEnd } from './schedule/moment.ts';

/** What the check found: Kore's status, its delivery logs being safe in the table, or why there is none. */
export type Finding =
  | { readonly kind: 'status'; readonly status: StatusWord; readonly logs: LogsSeen }
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle };

/** What is known of the tracking beside the finding; all times in seconds since the start of the execution. */
export interface Tracking {
  readonly elapsedSeconds: number;
  readonly deadlineSeconds: number;
  /** How long Kore may answer 404 to a request id that it has never known. */
  readonly notFoundGraceSeconds: number;
  /** Whether Kore has ever reported on this notification. */
  readonly everAnswered: boolean;
  /** Of an earlier check, whose logs were not all there. */
  readonly final?: FinalStatus | undefined;
}

export type Decision =
  | { readonly outcome: 'waiting'; readonly obstacle?: Obstacle }
  /** The delivery has ended, and logs may still come. */
  | { readonly outcome: 'waiting'; readonly final: FinalStatus; readonly nextCheckSeconds: number }
  | { readonly outcome: 'complete'; readonly status: StatusWord; readonly final: FinalStatus }
  | { readonly outcome: 'timed-out'; readonly status: StatusWord; readonly error: TrackingError }
  | { readonly outcome: 'failed'; readonly error: TrackingError };

/** Why a tracking did not complete; `code` is stable. */
export interface TrackingError {
  readonly code: string;
  readonly message: string;
}

/** Kore gave an answer whose logs would be lost. */
const LOGS_ARE_NOT_SAFE: readonly ObstacleCode[] = ['TABLE_UNREACHABLE', 'LOGS_NOT_SAVED'];

/** Obstacles on our own side: Kore may have an answer, or gave one. */
const WORTH_OVERTIME: readonly ObstacleCode[] = ['OUT_OF_CALL_BUDGET', 'PAUSED', ...LOGS_ARE_NOT_SAFE];

/** Decides what becomes of a tracking after one check. */
export function decide(finding: Finding, tracking: Tracking): Decision {
  const deadlinePassed = tracking.elapsedSeconds >= tracking.deadlineSeconds;
  if (finding.kind === 'status')
    return decideOnStatus(finding.status, finding.logs, deadlinePassed, tracking);
  const { obstacle } = finding;
  const hasOvertime =
    WORTH_OVERTIME.includes(obstacle.code) && tracking.elapsedSeconds < lastEnd(tracking.deadlineSeconds);
  const isOver = deadlinePassed && !hasOvertime;
  const { final } = tracking;
  // Logs that Kore returned and that could not be saved are a failure, whatever it had said before.
  if (final !== undefined && !LOGS_ARE_NOT_SAFE.includes(obstacle.code)) {
    return { outcome: 'complete', status: final.status, final };
  }
  if (isOver) return { outcome: 'failed', error: obstacle };
  if (isLostId(obstacle, tracking)) return { outcome: 'failed', error: obstacle };
  return { outcome: 'waiting', obstacle };
}

function decideOnStatus(
  status: StatusWord,
  logs: LogsSeen,
  deadlinePassed: boolean,
  { elapsedSeconds, deadlineSeconds, final: before }: Tracking,
): Decision {
  const final = finalStatusAfter(status, logs, before, elapsedSeconds);
  if (final !== undefined) {
    const nextCheckSeconds = deadlinePassed ? undefined : secondsToNextCheck(final, logs, elapsedSeconds);
    if (nextCheckSeconds !== undefined) return { outcome: 'waiting', final, nextCheckSeconds };
    return { outcome: 'complete', status: final.status, final };
  }
  if (!deadlinePassed) return { outcome: 'waiting' };
  const message = `Kore still reported ${status} at the deadline of ${deadlineSeconds} s.`;
  return { outcome: 'timed-out', status, error: { code: 'DEADLINE_PASSED', message } };
}

function isLostId(obstacle: Obstacle, { everAnswered, elapsedSeconds, notFoundGraceSeconds }: Tracking) {
  return (
    obstacle.code === 'NOTIFICATION_NOT_FOUND' && !everAnswered && elapsedSeconds >= notFoundGraceSeconds
  );
}
