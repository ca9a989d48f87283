/** `stop REQUEST_ID`: ends a running tracking. */
import type { Command } from 'commander';
import { CommandError, noSuchTracking } from '../../command-error.ts';
import { headline } from '../../display/shown-tracking.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import type { Act, Session } from '../../session.ts';
import { stopAttempt } from '../../tracker/executions/attempts.ts';
import { lookUp, trackingOf } from '../../tracker/executions/tracking.ts';
import { commandOn } from '../command-on.ts';

export function stopCommand(act: Act): Command {
  return commandOn(
    'notification',
    'stop',
    'end a running tracking; its rows stay, its final event says TRACKING_INTERRUPTED',
    act(stop),
  );
}

async function stop(session: Session, requestId: string): Promise<ExitStatus> {
  const { stateMachine, deliveryLog } = await session.tracker();
  const known = await lookUp(stateMachine, deliveryLog, requestId);
  const tracking = trackingOf(known);
  if (tracking === undefined) throw noSuchTracking(requestId);
  const { attempt } = known;
  if (attempt === undefined || tracking.state !== 'running') {
    throw new CommandError(
      'NOT_RUNNING',
      EXIT.refused,
      `The tracking of ${requestId} does not run: ${headline(tracking)}. There is nothing to stop.`,
    );
  }
  await stopAttempt(stateMachine, attempt);
  const { executionArn, number } = attempt;
  session.print({ stopped: true, requestId, attempt: number, executionArn }, () => [
    `Stopped the tracking of ${requestId}. Its final event will be "Notification Tracking Failed" with TRACKING_INTERRUPTED.`,
    `Kore.ai goes on delivering. To track it again: ${session.command('retrack', requestId)}`,
  ]);
  return EXIT.done;
}
