/** `show REQUEST_ID`: what became of a notification, or how far it is. */
import type { Command } from 'commander';
import { trackingLines } from '../../display/shown-tracking.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import type { Act, Session } from '../../session.ts';
import { trackingToShow } from '../../tracking-to-show.ts';
import { commandOn } from '../command-on.ts';

export function showCommand(act: Act): Command {
  return commandOn(
    'notification',
    'show',
    'outcome or progress so far, counts, and the failed recipients with their reasons',
    act(show),
  );
}

async function show(session: Session, requestId: string): Promise<ExitStatus> {
  const shown = await trackingToShow(session, await session.tracker(), requestId);
  session.print(shown, () => trackingLines(shown, session.terminal, session));
  return EXIT.done;
}
