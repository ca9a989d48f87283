/** The attempt that may follow what is known of a notification. */
import type { TrackingInput } from '../../../contract/tracking-input.ts';
import { CommandError, noSuchTracking } from '../../command-error.ts';
import { EXIT } from '../../exit-status.ts';
import { fieldsOf, type Known, trackingOf } from './tracking.ts';

export interface NextAttempt {
  /** From 2. */
  readonly attempt: number;
  /** That of the earlier one. */
  readonly input: Partial<TrackingInput>;
}

/**
 * Number and input of the attempt that may follow what is known.
 *
 * @throws CommandError `NO_SUCH_TRACKING`, `TRACKING_RUNNING`, `ALREADY_COMPLETE`.
 */
export function nextAttempt(requestId: string, known: Known): NextAttempt {
  const tracking = trackingOf(known);
  if (tracking === undefined) throw noSuchTracking(requestId);
  if (tracking.state === 'running') throw runsAlready(requestId);
  if (tracking.state === 'complete') {
    throw new CommandError(
      'ALREADY_COMPLETE',
      EXIT.refused,
      `The delivery of ${requestId} is complete; there is nothing more to track.`,
      [],
      [['show', requestId]],
    );
  }
  if (known.attempt !== undefined) {
    return { attempt: known.attempt.number + 1, input: fieldsOf<TrackingInput>(known.attempt.input) };
  }
  // Step Functions has forgotten it, and its names are free again.
  const { streamId, campaignId, correlationId, attempt = 1 } = tracking;
  return {
    attempt: attempt + 1,
    input: {
      ...(streamId !== undefined && { streamId }),
      ...(campaignId !== undefined && { campaignId }),
      ...(correlationId !== undefined && { correlationId }),
    },
  };
}

export function runsAlready(requestId: string): CommandError {
  return new CommandError(
    'TRACKING_RUNNING',
    EXIT.refused,
    `A tracking of ${requestId} runs already.`,
    [],
    [['watch', requestId]],
  );
}
