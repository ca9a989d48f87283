/** The world that a check touches, handed in. */
import type { CallBudget } from './budget/call-budget.ts';
import type { forecastFrom } from './budget/forecast.ts';
import type { KorePorts } from './kore/call-kore.ts';
import type { CampaignSizes } from './rows/campaign-sizes.ts';
import type { DeliveryLog } from './rows/delivery-log-table.ts';
import type { FinalEvents } from './rows/final-event-table.ts';
import type { Log } from './telemetry/log.ts';
import type { Meter } from './telemetry/meter.ts';

export interface World extends KorePorts {
  /** From 0 up to 1. */
  random(): number;
  readonly budget: CallBudget;
  /** From what the budget and the campaign say. */
  readonly forecast: typeof forecastFrom;
  readonly campaignSizes: CampaignSizes;
  readonly deliveryLog: DeliveryLog;
  readonly finalEvents: FinalEvents;
  readonly log: Log;
  readonly meter: Meter;
}
