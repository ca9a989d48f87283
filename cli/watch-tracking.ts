/** Follows a tracking to its end: each check as it comes, until there is no next one. */
import { noSuchTracking } from './command-error.ts';
import { liveDisplay } from './display/live-display.ts';
import { type ShownTracking, trackingLines } from './display/shown-tracking.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import type { Session, Tracker } from './session.ts';
import { describeAttempt } from './tracker/executions/attempts.ts';
import { checksAfter } from './tracker/executions/seen-checks.ts';
import { fieldsOf, lookUp, type TrackingState } from './tracker/executions/tracking.ts';
import { trackingToShow } from './tracking-to-show.ts';

/** Short enough to see each check of the default schedule, which are at least five seconds apart. */
export const INTERVAL_SECONDS = 2;

/**
 * Prints each check and, at the end, what became of the notification.
 *
 * @throws CommandError `NO_SUCH_TRACKING`.
 */
export async function watchTracking(
  session: Session,
  tracker: Tracker,
  requestId: string,
  intervalSeconds: number,
): Promise<ExitStatus> {
  const { stateMachine, deliveryLog } = tracker;
  const { attempt: latest, summary } = await lookUp(stateMachine, deliveryLog, requestId);
  if (latest === undefined && summary === undefined) throw noSuchTracking(requestId);
  if (latest === undefined) return end(session, await trackingToShow(session, tracker, requestId));

  const { recipients: given, streamId: bot } = fieldsOf<Record<string, unknown>>(latest.input);
  const recipients = typeof given === 'number' ? given : undefined;
  const streamId = typeof bot === 'string' ? bot : undefined;
  const display = liveDisplay(session, { requestId, startedAt: latest.startedAt, recipients, streamId });
  try {
    let attempt: typeof latest | undefined = latest;
    for (
      let seen = 0;
      attempt !== undefined;
      attempt = await describeAttempt(stateMachine, latest.executionArn)
    ) {
      for (const check of await checksAfter(stateMachine, latest.executionArn, seen)) {
        display.check(check);
        seen = check.tries;
      }
      if (attempt.status !== 'RUNNING') break;
      await session.clock.sleep(intervalSeconds * 1000, session.interrupted);
      if (session.interrupted.aborted) return interrupted(session, requestId);
    }
  } finally {
    display.end();
  }
  return end(session, await trackingToShow(session, tracker, requestId));
}

const EXIT_OF: Readonly<Record<TrackingState, ExitStatus>> = {
  running: EXIT.done,
  complete: EXIT.done,
  'timed-out': EXIT.timedOut,
  failed: EXIT.failed,
  stopped: EXIT.failed,
  unknown: EXIT.failed,
};

function end(session: Session, shown: ShownTracking): ExitStatus {
  session.printNext({ type: 'end', ...shown }, () => trackingLines(shown, session.terminal, session));
  return EXIT_OF[shown.state];
}

function interrupted({ terminal, command }: Session, requestId: string): ExitStatus {
  terminal.stderr.write(
    `No longer watching ${requestId}; its tracking goes on. To end it: ${command('stop', requestId)}\n`,
  );
  return EXIT.interrupted;
}
