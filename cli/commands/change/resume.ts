/** `resume BOT`: calls to Kore.ai go on. */
import type { Command } from 'commander';
import { CommandError } from '../../command-error.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import type { Act, Session } from '../../session.ts';
import { timestamp } from '../../text/timestamp.ts';
import { resumeCalls } from '../../tracker/pause-calls.ts';
import { commandOn } from '../command-on.ts';

export function resumeCommand(act: Act): Command {
  return commandOn('bot', 'resume', 'end a pause; trackings go on at their next check', act(resume));
}

async function resume(session: Session, quotaKey: string): Promise<ExitStatus> {
  const { callBudget } = await session.tracker();
  const pausedAt = await resumeCalls(callBudget, quotaKey, session.clock.now());
  if (pausedAt === undefined) {
    throw new CommandError(
      'NOT_PAUSED',
      EXIT.refused,
      `${quotaKey} is not paused. There is nothing to resume.`,
    );
  }
  session.print({ bot: quotaKey, pausedAt }, () => [
    `Resumed ${quotaKey}, which was paused since ${timestamp(pausedAt)}.`,
    'Its trackings go on at their next checks, within five minutes or the cap of the schedule.',
  ]);
  return EXIT.done;
}
