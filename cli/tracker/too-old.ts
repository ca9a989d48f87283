import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';

/** @param missing what the tracker does not name, such as `its dead-letter queue`. */
export function trackerTooOld(missing: string): CommandError {
  return new CommandError(
    'TRACKER_TOO_OLD',
    EXIT.notFound,
    `The deployed tracker is of a release that does not name ${missing}. Deploy its stack again with this release (npx cdk deploy), then run the same command again.`,
  );
}
