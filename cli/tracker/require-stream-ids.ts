/** Refuses at once what the tracking would refuse at its start: a notification without a bot, where Kore.ai's path names it. */
import type { TrackerDescription } from '../../contract/tracker-description.ts';
import { lacksStreamId, type TrackingInput } from '../../contract/tracking-input.ts';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';

/**
 * A tracker of an earlier release does not say its API scope; then nothing is refused here.
 *
 * @throws CommandError `STREAM_ID_MISSING`, naming the notifications where there are several.
 */
export function requireStreamIds(
  { name, apiScope, defaultStreamId }: Pick<TrackerDescription, 'name' | 'apiScope' | 'defaultStreamId'>,
  inputs: readonly TrackingInput[],
): void {
  if (apiScope === undefined) return;
  const lacking = inputs.filter((input) => lacksStreamId(input, { apiScope, defaultStreamId }));
  if (lacking.length === 0) return;
  const ids = lacking.slice(0, MOST_SHOWN).map(({ requestId }) => requestId);
  const more = lacking.length > ids.length ? ' …' : '';
  throw new CommandError(
    'STREAM_ID_MISSING',
    EXIT.wrongUsage,
    inputs.length === 1
      ? `No bot is named, and the tracker ${name} has no default. Add --stream-id st-….`
      : `${lacking.length} of ${inputs.length} notifications name no bot, and the tracker ${name} has no default: ${ids.join(', ')}${more}. Add --stream-id st-…, or put each one's bot behind its request id. Nothing was started.`,
  );
}

const MOST_SHOWN = 10;
