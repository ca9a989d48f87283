/** `watch REQUEST_ID`: a running tracking, live. */
import type { Command } from 'commander';
import { wholeNumber } from '../../arguments.ts';
import type { ExitStatus } from '../../exit-status.ts';
import type { Act, Session } from '../../session.ts';
import { INTERVAL_SECONDS, watchTracking } from '../../watch-tracking.ts';
import { commandOn } from '../command-on.ts';

export function watchCommand(act: Act): Command {
  const description = 'each check as it comes, the progress, and the time of the next check, until the end';
  return commandOn('notification', 'watch', description, act(watch, true)).option(
    '--interval <seconds>',
    'seconds between two updates',
    wholeNumber,
    INTERVAL_SECONDS,
  );
}

async function watch(
  session: Session,
  requestId: string,
  { interval }: { interval: number },
): Promise<ExitStatus> {
  return watchTracking(session, await session.tracker(), requestId, interval);
}
