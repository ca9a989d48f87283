/** What a tracking in memory meets: Kore's answers, and trouble. */
import type { Reservation } from '../../lambdas/check-delivery/budget/bookings.ts';
import type { Claim } from '../../lambdas/check-delivery/budget/call-budget.ts';
import type { CheckSettings } from '../../lambdas/check-delivery/environment.ts';
import type { CampaignSizes } from '../../lambdas/check-delivery/rows/campaign-sizes.ts';
import type { FinalEventRow } from '../../lambdas/check-delivery/rows/final-event-table.ts';
import type { CannedAnswer } from '../../testing/in-memory/canned-answer.ts';
import type { DeliveryLogInMemory } from '../../testing/in-memory/delivery-log-in-memory.ts';

export interface Setup {
  readonly input?: unknown;
  readonly settings?: Partial<CheckSettings>;
  /** Kore's answer to a call, counted from 1. */
  readonly answer: (call: number, seconds: number) => CannedAnswer;
  readonly claim?: Claim;
  /** The size of a campaign that the input names; nobody tracks it by default. */
  readonly sizeOf?: CampaignSizes['of'];
  /** Whether the secret can be read again, behind the cache; it can by default. */
  readonly isSecretReadable?: boolean;
  /** Whether there is a connection to Kore; there is by default. */
  readonly isConnected?: boolean;
  /** Whether the table fails a write of that kind, or the reading of failures, counted from 1. */
  readonly fails?: (what: Access, time: number) => boolean;
  /** By how much each look at the clock moves it, in milliseconds; not at all by default. */
  readonly lookTakesMs?: number;
  /** The random number of every check, from 0 up to 1; 0 by default. */
  readonly random?: number;
  /** When the first check wakes, in seconds. */
  readonly firstAt?: number;
  /** What a check before has handed on. */
  readonly state?: object;
  /** The call that is reserved where one is wished; the wished one by default. */
  readonly reserve?: () => Reservation | undefined;
  /** The row of an end that was recorded before. */
  readonly recorded?: FinalEventRow;
  readonly most?: number;
  /** Whether the state machine announces failures. */
  readonly announces?: boolean;
  /** What becomes of a check's answer, counted from 1: it never comes, or its announcement cannot be published. */
  readonly mishap?: (check: number) => 'lost' | 'unpublished' | undefined;
  /** With the rows of an earlier attempt. */
  readonly deliveryLog?: DeliveryLogInMemory;
}

export type Access = 'summary' | 'row' | 'failures';
