/** `show REQUEST_ID`: what became of a notification, or how far it is. */
import { Command } from 'commander';
import { requestId } from '../arguments.ts';
import { trackingLines } from '../display/tracking-report.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { Act, Session } from '../session.ts';
import { trackingToShow } from '../tracking-to-show.ts';

export function showCommand(act: Act): Command {
  return new Command('show')
    .description('outcome or progress so far, counts, and the failed recipients with their reasons')
    .argument('<request-id>', 'the notification, ds-…', requestId)
    .action(act(show));
}

async function show(session: Session, requestId: string): Promise<ExitStatus> {
  const shown = await trackingToShow(session, await session.tracker(), requestId);
  session.print(shown, () => trackingLines(shown, session.terminal));
  return EXIT.done;
}
