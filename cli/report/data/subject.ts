/** What a report is about, as it is known before any row is read. */
import type { TrackingState } from '../../tracker/executions/tracking.ts';

export interface Subject {
  readonly kind: 'campaign' | 'notification';
  readonly id: string;
  /** Whether nothing more is to be expected. */
  readonly isOver: boolean;
  /** ISO 8601 in UTC, like all times here. */
  readonly startedAt?: string | undefined;
  readonly endedAt?: string | undefined;
  /** How many notifications were announced. */
  readonly expectedNotifications?: number | undefined;
  /** Those that are known by name, each once. */
  readonly notifications: readonly ReportedNotification[];
}

export interface ReportedNotification {
  readonly requestId: string;
  readonly state: TrackingState;
  /** How many recipients it has, where that was said. */
  readonly recipients?: number | undefined;
  readonly startedAt?: string | undefined;
  readonly endedAt?: string | undefined;
  readonly durationSeconds?: number | undefined;
  /** Why its tracking did not complete. */
  readonly errorCode?: string | undefined;
}
