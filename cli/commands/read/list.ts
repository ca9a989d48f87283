/** `list`: the latest trackings. */
import { Command, Option } from 'commander';
import { wholeNumberTo } from '../../arguments.ts';
import { headline } from '../../display/shown-tracking.ts';
import { tableLines } from '../../display/terminal.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import type { Act, Session } from '../../session.ts';
import { timestamp } from '../../text/timestamp.ts';
import { type Attempt, describeAttempt, listAttempts, type StateMachine } from '../../tracker/attempts.ts';
import { type Tracking, trackingOf } from '../../tracker/tracking.ts';

const LIMIT = 20;
/** One with an outcome is a request each, and Step Functions lets 250 of them through at once (AWS docs, service quotas). */
const MOST = 200;

export function listCommand(act: Act): Command {
  return new Command('list')
    .description('the latest trackings of the last 90 days')
    .addOption(new Option('--running', 'only those that run').conflicts('failed'))
    .option('--failed', 'only those that failed or were stopped')
    .option('--limit <n>', 'trackings at most', wholeNumberTo(MOST), LIMIT)
    .action(act(list));
}

interface ListOptions {
  readonly running?: boolean;
  readonly failed?: boolean;
  readonly limit: number;
}

async function list(session: Session, { running, failed, limit }: ListOptions): Promise<ExitStatus> {
  const { stateMachine } = await session.tracker();
  const statuses = running ? RUNNING : failed ? FAILED : [];
  const attempts = await listAttempts(stateMachine, statuses, limit);
  const trackings = await withOutcomes(stateMachine, attempts);
  session.print({ trackings }, () => {
    if (trackings.length === 0) return [`No${running ? ' running' : failed ? ' failed' : ''} trackings.`];
    const cells = trackings.map((tracking) => [
      tracking.requestId,
      String(tracking.attempt),
      headline(tracking),
      tracking.startedAt === undefined ? '' : timestamp(tracking.startedAt),
      tracking.endedAt === undefined ? '' : timestamp(tracking.endedAt),
    ]);
    return tableLines(session.terminal, ['notification', 'attempt', 'state', 'started', 'ended'], cells);
  });
  return EXIT.done;
}

const RUNNING = ['RUNNING'] as const;
const FAILED = ['FAILED', 'ABORTED', 'TIMED_OUT'] as const;

/** Lists hold no outputs, and the outcome of a tracking that succeeded is in its output. */
async function withOutcomes(stateMachine: StateMachine, attempts: readonly Attempt[]): Promise<Tracking[]> {
  const attemptsWithOutputs = await Promise.all(
    attempts.map(async (attempt) =>
      attempt.status === 'SUCCEEDED'
        ? ((await describeAttempt(stateMachine, attempt.executionArn)) ?? attempt)
        : attempt,
    ),
  );
  return attemptsWithOutputs.flatMap((attempt) => trackingOf({ attempt, summary: undefined }) ?? []);
}
