/** What a tracker makes on the bus of its final events, where that is its own account's and region's. */
import type { IResource } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import { BusProbe } from './bus-probe.ts';
import { FinalEventArchive } from './final-event-archive.ts';
import { isForeign } from './foreign-bus.ts';
import type { TrackerEvents } from './tracker-events.ts';

export interface OnOwnBusProps extends TrackerEvents {
  readonly eventBus: IEventBus;
  /** How long events are kept; no archive where it is left out. */
  readonly archiveDays: number | undefined;
  /** A resource of the tracker: its account and region are the tracker's. */
  readonly publisher: IResource;
}

/**
 * Makes the probe, and the archive if one is asked for.
 *
 * @returns `undefined` where the bus is another account's or region's: there is nothing then.
 * @throws ConfigurationError where an archive is asked for there.
 */
export function onOwnBus(scope: Construct, props: OnOwnBusProps): BusProbe | undefined {
  const { archiveDays: days, publisher, ...onBus } = props;
  if (isForeign(props.eventBus, publisher)) {
    if (days === undefined) return undefined;
    throw new ConfigurationError(
      'eventArchive needs a bus of the account and region of the tracker; eventBus is another. Leave eventArchive out, and make an archive where the bus is.',
    );
  }
  if (days !== undefined) new FinalEventArchive(scope, 'EventArchive', { ...onBus, days });
  return new BusProbe(scope, 'BusProbe', onBus);
}
