/** The stack that a local run synthesises, so that the run ends while somebody watches. */
import { Duration } from 'aws-cdk-lib';
import type { DeliveryTrackerProps } from '../lib/configuration/delivery-tracker-props.ts';
import type { LocalOptions } from './options.ts';

/** A sixth of a longer deadline, as in production's ten minutes of an hour. */
const NOT_FOUND_GRACE_SECONDS = 10;
/** @param host origin of Kore.ai's API, or of the simulator. */
export function propsFor(options: LocalOptions, host: string): DeliveryTrackerProps {
  const { maxWaitSeconds, deadlineSeconds, apiScope } = options;
  return {
    host,
    apiScope,
    pace: 'prompt',
    schedule: { floor: Duration.seconds(1), cap: Duration.seconds(maxWaitSeconds) },
    deadline: Duration.seconds(deadlineSeconds),
    notFoundGrace: Duration.seconds(Math.max(NOT_FOUND_GRACE_SECONDS, Math.ceil(deadlineSeconds / 6))),
  };
}

/** The options that become props, for errors that name props. */
export const OPTION_OF_PROP: Readonly<Record<string, string>> = {
  'schedule.cap': '--max-wait-seconds',
};
