/** `resume BOT`: calls to Kore.ai go on. */
import { Command } from 'commander';
import { streamId } from '../arguments.ts';
import { CommandError } from '../command-error.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { Act, Session } from '../session.ts';
import { timestamp } from '../text/timestamp.ts';
import { resume } from '../tracker/paused-bots.ts';

export function resumeCommand(act: Act): Command {
  return new Command('resume')
    .description('end a pause; trackings go on at their next check')
    .argument('<bot>', 'as it was paused', streamId)
    .action(act(resumeBot));
}

async function resumeBot(session: Session, bot: string): Promise<ExitStatus> {
  const { callBudget } = await session.tracker();
  const pausedAt = await resume(callBudget, bot, session.clock.now());
  if (pausedAt === undefined) {
    throw new CommandError('NOT_PAUSED', EXIT.refused, `${bot} is not paused. There is nothing to resume.`);
  }
  session.print({ bot, pausedAt }, () => [
    `Resumed ${bot}, which was paused since ${timestamp(pausedAt)}.`,
    'Its trackings go on at their next checks, within five minutes or the cap of the schedule.',
  ]);
  return EXIT.done;
}
