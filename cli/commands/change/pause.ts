/** `pause BOT`: no calls to Kore.ai for a bot, during an incident. */
import type { Command } from 'commander';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import type { Act, Session } from '../../session.ts';
import { timestamp } from '../../text/timestamp.ts';
import { pauseCalls } from '../../tracker/pause-calls.ts';
import { commandOn } from '../command-on.ts';

export function pauseCommand(act: Act): Command {
  return commandOn(
    'bot',
    'pause',
    'make no calls to Kore.ai for a bot until it is resumed; its trackings wait',
    act(pause),
  );
}

async function pause(session: Session, quotaKey: string): Promise<ExitStatus> {
  const { callBudget } = await session.tracker();
  const now = session.clock.now();
  const { pausedBefore, known } = await pauseCalls(callBudget, quotaKey, now);
  const pausedAt = pausedBefore ?? new Date(now).toISOString();
  session.print({ bot: quotaKey, pausedAt, pausedBefore: pausedBefore !== undefined, known }, () => [
    pausedBefore === undefined
      ? `Paused ${quotaKey}: no more calls to Kore.ai for it, by any tracker with this call budget.`
      : `${quotaKey} has been paused since ${timestamp(pausedBefore)}, and stays so.`,
    `Its trackings wait; their deadlines do not. To go on: ${session.command('resume', quotaKey)}`,
    ...(known ? [] : [`No calls for ${quotaKey} were made in the last 60 days: is this its stream id?`]),
  ]);
  return EXIT.done;
}
