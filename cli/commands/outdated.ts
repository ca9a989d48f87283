/** `outdated`: running trackings that have an earlier definition than the latest deployment's. */
import { Command } from 'commander';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { Act, Session } from '../session.ts';
import { timestamp } from '../text/timestamp.ts';
import { definitionsOfRunning } from '../tracker/definitions.ts';
import { latestEnd } from '../tracker/latest-end.ts';

export function outdatedCommand(act: Act): Command {
  return new Command('outdated')
    .description('how many running trackings have an earlier definition, and by when all of them end')
    .action(act(outdated));
}

async function outdated(session: Session): Promise<ExitStatus> {
  const { stateMachine } = await session.tracker();
  const found = await definitionsOfRunning(stateMachine);
  const counts = { running: found.running, outdated: found.outdated.length };
  const last = found.outdated.at(-1)?.startedAt;
  const ends = found.earlier.map(({ definition, lastStartedAt }) =>
    latestEnd(lastStartedAt, [found.current, definition]),
  );
  const known = ends.filter((end) => end !== undefined);
  const endsBy =
    known.length > 0 && known.length === ends.length ? new Date(Math.max(...known)).toISOString() : undefined;
  session.print({ ...counts, lastStartedAt: last?.toISOString(), lastEndsBy: endsBy }, () => [
    sentenceOn(counts),
    ...(last === undefined ? [] : [`The last of them was started at ${timestamp(last)}. ${endOf(endsBy)}`]),
  ]);
  return EXIT.done;
}

function sentenceOn({ running, outdated }: { running: number; outdated: number }): string {
  if (running === 0) return 'No tracking runs.';
  const all = `${running} running ${running === 1 ? 'tracking' : 'trackings'}`;
  if (outdated === 0) return `Of ${all}, none has an earlier definition.`;
  return `Of ${all}, ${outdated} ${outdated === 1 ? 'has' : 'have'} an earlier definition.`;
}

function endOf(endsBy: string | undefined): string {
  return endsBy === undefined
    ? 'Each ends at most an hour after its deadline.'
    : `All of them end by ${timestamp(endsBy)} at the latest.`;
}
