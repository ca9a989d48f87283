import type { TrackerDescription } from '../../contract/tracker-description.ts';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';

/** @param missing what its stack's output does not name, such as `its dead-letter queue`. */
export function trackerTooOld({ name }: Pick<TrackerDescription, 'name'>, missing: string): CommandError {
  return new CommandError(
    'TRACKER_TOO_OLD',
    EXIT.notFound,
    `The tracker ${name} was deployed by a release that does not name ${missing}. Deploy its stack again (npx cdk deploy), then run the same command again.`,
  );
}
