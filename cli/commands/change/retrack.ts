/** `retrack`: another attempt at a notification whose tracking failed or timed out, or at all such of a campaign or a time. */
import { Command, Option } from 'commander';
import { startTracking } from '../../../client/index.ts';
import type { TrackingInput } from '../../../contract/tracking-input.ts';
import { campaignId, requestId, streamId, wholeNumber, wholeNumberTo } from '../../arguments.ts';
import { planRetracking } from '../../batch/plan-retracking.ts';
import { retrackMany } from '../../batch/retrack-many.ts';
import { wrongUsage } from '../../command-error.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import { interruptible } from '../../interruptible.ts';
import type { Act, Session } from '../../session.ts';
import { parseTimeBound, type TimeBound } from '../../text/time-bound.ts';
import { nextAttempt, runsAlready } from '../../tracker/executions/next-attempt.ts';
import { lookUp } from '../../tracker/executions/tracking.ts';
import { requireStreamIds } from '../../tracker/require-stream-ids.ts';

/** Four requests each, of which Step Functions answers ten a second for long, or fifteen by region (AWS docs, service quotas). */
const RATE = 3;
const MOST_RATE = 100;

export function retrackCommand(act: Act): Command {
  return new Command('retrack')
    .description(
      'track again after a failed, stopped or timed-out tracking; rows merge, the event is a new one',
    )
    .argument('[request-id]', 'the notification, ds-…', requestId)
    .option('--stream-id <id>', 'the bot, where the earlier attempt had a wrong one or none', streamId)
    .option('--recipients <n>', 'how many recipients the notification has', wholeNumber)
    .addOption(
      new Option('--campaign <id>', 'those of this campaign').argParser(campaignId).conflicts('recipients'),
    )
    .addOption(
      new Option(
        '--since <time>',
        'those that ended from then on: a time back, such as 90m, 2h or 7d, or a time in UTC',
      )
        .argParser(parseTimeBound)
        .conflicts(['campaign', 'recipients']),
    )
    .option('--failed', 'of these, those that failed or were stopped')
    .option('--timed-out', 'of these, those that timed out')
    .option('--code <code>', 'of these, those that ended with this error, such as UNEXPECTED_ERROR')
    .option('--dry-run', 'say what would be tracked again, and start nothing')
    .addOption(
      new Option('--rate <n>', 'of many, so many in a second at most')
        .argParser(wholeNumberTo(MOST_RATE))
        .default(RATE),
    )
    .action(act(retrack, true));
}

interface RetrackOptions extends Pick<TrackingInput, 'streamId' | 'recipients'> {
  readonly campaign?: string;
  readonly since?: TimeBound;
  readonly code?: string;
  readonly failed?: boolean;
  readonly timedOut?: boolean;
  readonly dryRun?: boolean;
  readonly rate: number;
}

async function retrack(
  session: Session,
  requestId: string | undefined,
  { campaign, since, failed, timedOut, code, dryRun, rate, ...changes }: RetrackOptions,
): Promise<ExitStatus> {
  const outcomes = [...(failed ? ['failed'] : []), ...(timedOut ? ['timed-out'] : [])];
  const place =
    campaign === undefined ? since && { since: since.at(session.clock.now()) } : { campaignId: campaign };
  if (requestId !== undefined) {
    if (place !== undefined || outcomes.length > 0 || code !== undefined) {
      throw wrongUsage('Give a request id, or --campaign or --since with --failed or --timed-out, not both.');
    }
    return interruptible(session, retrackOne(session, requestId, changes, dryRun));
  }
  if (place === undefined || outcomes.length === 0) {
    throw wrongUsage('Give a request id, or --campaign or --since with --failed, --timed-out or both.');
  }
  const tracker = await session.tracker();
  const which = { ...place, outcomes, code };
  return dryRun
    ? interruptible(session, planRetracking(session, tracker, which))
    : retrackMany(session, tracker, which, changes, rate);
}

async function retrackOne(
  session: Session,
  requestId: string,
  changes: Pick<TrackingInput, 'streamId' | 'recipients'>,
  dryRun = false,
): Promise<ExitStatus> {
  const { stateMachine, deliveryLog, description } = await session.tracker();
  const known = await lookUp(stateMachine, deliveryLog, requestId);
  const { attempt, input: earlier } = nextAttempt(requestId, known);
  const input = { ...earlier, ...changes, requestId };
  requireStreamIds(description, [input]);
  if (dryRun) {
    session.print({ dryRun, requestId, attempt }, () => [
      `${requestId} would be tracked again, as attempt ${attempt}. Nothing was started.`,
    ]);
    return EXIT.done;
  }
  const { client, arn } = stateMachine;
  const started = await startTracking(client, arn, input, attempt);
  // Both operators chose the same name, so that one of them starts it.
  if (started.alreadyTracked) throw runsAlready(requestId);
  session.print({ started: true, requestId, attempt, executionArn: started.executionArn }, () => [
    `Tracking ${requestId} again, as attempt ${attempt}. Its rows merge with the earlier ones.`,
    `To see it: ${session.command('watch', requestId)}`,
  ]);
  return EXIT.done;
}
