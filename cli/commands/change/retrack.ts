/** `retrack REQUEST_ID`: another attempt at a notification whose tracking failed or timed out. */
import { Command } from 'commander';
import { startTracking } from '../../../client/index.ts';
import type { TrackingInput } from '../../../contract/tracking-input.ts';
import { requestId, streamId, wholeNumber } from '../../arguments.ts';
import { CommandError, noSuchTracking } from '../../command-error.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import type { Act, Session } from '../../session.ts';
import { fieldsOf, type Known, lookUp, trackingOf } from '../../tracker/tracking.ts';

export function retrackCommand(act: Act): Command {
  return new Command('retrack')
    .description(
      'track again after a failed, stopped or timed-out tracking; rows merge, the event is a new one',
    )
    .argument('<request-id>', 'the notification, ds-…', requestId)
    .option('--stream-id <id>', 'the bot, where the earlier attempt had a wrong one or none', streamId)
    .option('--recipients <n>', 'how many recipients the notification has', wholeNumber)
    .action(act(retrack));
}

type Changes = Pick<TrackingInput, 'streamId' | 'recipients'>;

async function retrack(session: Session, requestId: string, changes: Changes): Promise<ExitStatus> {
  const { stateMachine, deliveryLog } = await session.tracker();
  const known = await lookUp(stateMachine, deliveryLog, requestId);
  const { attempt, input } = nextAttempt(requestId, known);
  const { client, arn } = stateMachine;
  const started = await startTracking(client, arn, { ...input, ...changes, requestId }, attempt);
  // Both operators chose the same name, so that one of them starts it.
  if (started.alreadyTracked) throw running(requestId);
  session.print({ started: true, requestId, attempt, executionArn: started.executionArn }, () => [
    `Tracking ${requestId} again, as attempt ${attempt}. Its rows merge with the earlier ones.`,
    `To see it: delivery-tracker watch ${requestId}`,
  ]);
  return EXIT.done;
}

/**
 * Number and input of the attempt that may follow what is known.
 *
 * @throws CommandError `NO_SUCH_TRACKING`, `TRACKING_RUNNING`, `ALREADY_COMPLETE`.
 */
function nextAttempt(requestId: string, known: Known): { attempt: number; input: Partial<TrackingInput> } {
  const tracking = trackingOf(known);
  if (tracking === undefined) throw noSuchTracking(requestId);
  if (tracking.state === 'running') throw running(requestId);
  if (tracking.state === 'complete') {
    throw new CommandError(
      'ALREADY_COMPLETE',
      EXIT.refused,
      `The delivery of ${requestId} is complete; there is nothing more to track. See delivery-tracker show ${requestId}.`,
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

function running(requestId: string): CommandError {
  return new CommandError(
    'TRACKING_RUNNING',
    EXIT.refused,
    `A tracking of ${requestId} runs already. See delivery-tracker watch ${requestId}.`,
  );
}
