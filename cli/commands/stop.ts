/** `stop REQUEST_ID`: ends a running tracking. */
import { Command } from 'commander';
import { requestId } from '../arguments.ts';
import { CommandError, noSuchTracking } from '../command-error.ts';
import { headline } from '../display/tracking-report.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { Act, Session } from '../session.ts';
import { stop } from '../tracker/executions.ts';
import { lookUp, trackingOf } from '../tracker/tracking.ts';

export function stopCommand(act: Act): Command {
  return new Command('stop')
    .description('end a running tracking; its rows stay, its final event says TRACKING_INTERRUPTED')
    .argument('<request-id>', 'the notification, ds-…', requestId)
    .action(act(stopTracking));
}

async function stopTracking(session: Session, requestId: string): Promise<ExitStatus> {
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
  await stop(stateMachine, attempt);
  const { executionArn, number } = attempt;
  session.print({ stopped: true, requestId, attempt: number, executionArn }, () => [
    `Stopped the tracking of ${requestId}. Its final event will be "Notification Tracking Failed" with TRACKING_INTERRUPTED.`,
    `Kore.ai goes on delivering. To track it again: delivery-tracker retrack ${requestId}`,
  ]);
  return EXIT.done;
}
