/** Starts trackings: what a workload calls once Kore.ai has accepted its notification. */
import type { SFNClient } from '@aws-sdk/client-sfn';
import { executionName } from '../contract/execution-name.ts';
import { type TrackingInput, trackingInputSchema } from '../contract/tracking-input.ts';
import { InvalidInputError, parseInput } from './invalid-input.ts';
import { startExecution } from './start-execution.ts';

/** The input cannot be tracked; nothing was started. */
export class InvalidTrackingInputError extends InvalidInputError {
  override readonly name = 'InvalidTrackingInputError';
}

export interface StartedTracking {
  readonly executionArn: string;
  /**
   * The notification was tracked before: by an execution that still runs, or that ended within the last 90 days. It
   * is not tracked twice.
   */
  readonly alreadyTracked: boolean;
}

/**
 * Starts tracking a notification. Its execution is named by the request id, so calling this again is safe: after a
 * time-out, from a queue that delivers twice, or for a whole list once more.
 *
 * @param client of `@aws-sdk/client-sfn`; may call `states:StartExecution` on the state machine.
 * @param stateMachineArn of the tracker (`tracker.stateMachine.stateMachineArn`).
 * @param attempt from 1; a higher one tracks a notification again whose earlier attempt failed or timed out.
 * @throws InvalidTrackingInputError `INVALID_INPUT`, before anything is sent.
 * @throws the SDK's errors, such as `AccessDeniedException` and `StateMachineDoesNotExist`.
 */
export async function startTracking(
  client: Pick<SFNClient, 'send'>,
  stateMachineArn: string,
  input: TrackingInput,
  attempt = 1,
): Promise<StartedTracking> {
  const tracked = parseInput(trackingInputSchema, input, InvalidTrackingInputError);
  const name = executionName(tracked.requestId, attempt);
  const { executionArn, found } = await startExecution(client, stateMachineArn, name, tracked);
  return { executionArn, alreadyTracked: found !== 'nothing' };
}
