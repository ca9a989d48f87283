/** The final events of a tracker, kept for replay. */
import { Duration } from 'aws-cdk-lib';
import { Archive, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { patternOfTracker, type TrackerEvents } from './tracker-events.ts';

export interface FinalEventArchiveProps extends TrackerEvents {
  /** Of this account and region. */
  readonly eventBus: IEventBus;
  /** How long events stay. */
  readonly days: number;
}

export class FinalEventArchive extends Archive {
  constructor(scope: Construct, id: string, { eventBus, days, ...events }: FinalEventArchiveProps) {
    super(scope, id, {
      sourceEventBus: eventBus,
      description: 'Final events of a delivery tracker, for replay',
      eventPattern: patternOfTracker(events),
      retention: Duration.days(days),
    });
  }
}
