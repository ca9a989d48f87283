/** Starts trackings: what a workload calls once Kore.ai has accepted its notification. */
import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { executionArn, executionName } from '../contract/execution-name.ts';
import { type TrackingInput, trackingInputSchema } from '../contract/tracking-input.ts';

/** The input cannot be tracked; nothing was started. */
export class InvalidTrackingInputError extends Error {
  override readonly name = 'InvalidTrackingInputError';
  readonly code = 'INVALID_INPUT';
  /** The field that is wrong, such as `requestId`. */
  readonly field: string;

  constructor(field: string, rule: string) {
    super(`"${field}" ${rule}.`);
    this.field = field;
  }
}

export interface StartedTracking {
  readonly executionArn: string;
  /**
   * The notification was tracked before: by an execution that still runs, or that ended within the last 90 days. It
   * is not tracked twice.
   */
  readonly alreadyTracked: boolean;
}

/** An execution that began this long before our call was there before it, whatever the clocks say. */
const EARLIER_MS = 10_000;

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
  const parsed = trackingInputSchema.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InvalidTrackingInputError(issue?.path.join('.') || 'input', issue?.message ?? 'is invalid');
  }
  const name = executionName(parsed.data.requestId, attempt);
  const calledAt = Date.now();
  try {
    const { executionArn = '', startDate } = await client.send(
      new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(parsed.data) }),
    );
    const alreadyTracked = startDate !== undefined && startDate.getTime() < calledAt - EARLIER_MS;
    return { executionArn, alreadyTracked };
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ExecutionAlreadyExists')) throw error;
    return { executionArn: executionArn(stateMachineArn, name), alreadyTracked: true };
  }
}
