/** `pause BOT`: no calls to Kore.ai for a bot, during an incident. */
import { Command } from 'commander';
import { streamId } from '../arguments.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { Act, Session } from '../session.ts';
import { timestamp } from '../text/timestamp.ts';
import { pause } from '../tracker/paused-bots.ts';

export function pauseCommand(act: Act): Command {
  return new Command('pause')
    .description('make no calls to Kore.ai for a bot until it is resumed; its trackings wait')
    .argument('<bot>', 'its stream id, st-…, or the client id where trackings name no bot', streamId)
    .action(act(pauseBot));
}

async function pauseBot(session: Session, bot: string): Promise<ExitStatus> {
  const { callBudget } = await session.tracker();
  const now = session.clock.now();
  const { pausedBefore, known } = await pause(callBudget, bot, now);
  const pausedAt = pausedBefore ?? new Date(now).toISOString();
  session.print({ bot, pausedAt, pausedBefore: pausedBefore !== undefined, known }, () => [
    pausedBefore === undefined
      ? `Paused ${bot}: no more calls to Kore.ai for it, by any tracker with this call budget.`
      : `${bot} was paused since ${timestamp(pausedBefore)}, and stays so.`,
    `Its trackings wait; their deadlines do not. To go on: delivery-tracker resume ${bot}`,
    ...(known ? [] : [`No calls for ${bot} were made in the last 60 days: is this its stream id?`]),
  ]);
  return EXIT.done;
}
