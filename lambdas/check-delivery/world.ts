/** The world that a check touches, handed in. */
import type { CallBudget } from './call-budget.ts';
import type { Credentials } from './kore/credentials.ts';
import type { Secret } from './kore/secret.ts';
import type { NotificationName, StatusCall } from './kore/status-api.ts';
import type { Log } from './log.ts';
import type { Meter } from './meter.ts';
import type { DeliveryLog } from './rows/delivery-log-table.ts';
import type { FinalEvents } from './rows/final-event-row.ts';

export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  readonly budget: CallBudget;
  /** Key of the budget for calls about a bot's notifications: what Kore counts them by. */
  budgetKeyOf(streamId: string | undefined, clientId: string): string;
  /** The secret with the credentials for a bot. */
  secretOf(streamId: string | undefined): Secret;
  signToken(credentials: Credentials, now: number): Promise<string>;
  /** @throws ObstacleError `KORE_UNREACHABLE`. */
  connectToKore(notification: NotificationName): Promise<StatusCall>;
  readonly deliveryLog: DeliveryLog;
  readonly finalEvents: FinalEvents;
  readonly log: Log;
  readonly meter: Meter;
}
