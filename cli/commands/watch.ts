/** `watch REQUEST_ID`: a running tracking, live. */
import { Command } from 'commander';
import { requestId, wholeNumber } from '../arguments.ts';
import type { ExitStatus } from '../exit-status.ts';
import type { Act, Session } from '../session.ts';
import { INTERVAL_SECONDS, watchTracking } from '../watch-tracking.ts';

export function watchCommand(act: Act): Command {
  return new Command('watch')
    .description('each check as it comes, the progress, and the time of the next check, until the end')
    .argument('<request-id>', 'the notification, ds-…', requestId)
    .option('--interval <seconds>', 'how often to look', wholeNumber, INTERVAL_SECONDS)
    .action(act(watch, true));
}

async function watch(
  session: Session,
  requestId: string,
  { interval }: { interval: number },
): Promise<ExitStatus> {
  return watchTracking(session, await session.tracker(), requestId, interval);
}
