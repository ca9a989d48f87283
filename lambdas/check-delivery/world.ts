/** The world that a check touches, handed in. */
import type { CallBudget } from './budget/call-budget.ts';
import type { KorePorts } from './kore/call-kore.ts';
import type { DeliveryLog } from './rows/delivery-log-table.ts';
import type { FinalEvents } from './rows/final-event-table.ts';
import type { Log } from './telemetry/log.ts';
import type { Meter } from './telemetry/meter.ts';

export interface World extends KorePorts {
  /** From 0 up to 1. */
  random(): number;
  readonly budget: CallBudget;
  readonly deliveryLog: DeliveryLog;
  readonly finalEvents: FinalEvents;
  readonly log: Log;
  readonly meter: Meter;
}
