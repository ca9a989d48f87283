/** The world that a check of a campaign touches, handed in. */
import type { DeliveryLog } from '../check-delivery/rows/delivery-log-table.ts';
import type { FinalEvents } from '../check-delivery/rows/final-event-table.ts';
import type { Log } from '../check-delivery/telemetry/log.ts';
import type { Meter } from '../check-delivery/telemetry/meter.ts';
import type { Executions } from './executions.ts';
import type { CampaignTable } from './rows/campaign-table.ts';
import type { FinalEventReader } from './rows/final-event-reader.ts';

export interface CampaignWorld {
  /** Milliseconds since 1970. */
  now(): number;
  readonly campaigns: CampaignTable;
  readonly finalEvents: FinalEvents & FinalEventReader;
  /** Where summaries of notifications are written that nobody else wrote. */
  readonly deliveryLog: Pick<DeliveryLog, 'saveSummary'>;
  readonly executions: Executions;
  readonly log: Log;
  readonly meter: Meter;
}
