/** `outdated`: running trackings, of notifications and of campaigns, that have an earlier definition than the latest deployment's. */
import { Command } from 'commander';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import type { Act, Session } from '../../session.ts';
import { timestamp } from '../../text/timestamp.ts';
import { definitionsOfRunning } from '../../tracker/definitions.ts';
import { latestEnd } from '../../tracker/executions/latest-end.ts';

export function outdatedCommand(act: Act): Command {
  return new Command('outdated')
    .description('how many running trackings have an earlier definition, and by when all of them end')
    .action(act(outdated));
}

async function outdated(session: Session): Promise<ExitStatus> {
  const { stateMachine, campaigns } = await session.tracker();
  const machines = campaigns === undefined ? [stateMachine] : [stateMachine, campaigns];
  const found = await Promise.all(machines.map(definitionsOfRunning));
  const all = found.flatMap(({ outdated }) => outdated).map(({ startedAt }) => Number(startedAt));
  const counts = { running: found.reduce((sum, { running }) => sum + running, 0), outdated: all.length };
  const last = all.length === 0 ? undefined : new Date(Math.max(...all));
  const ends = found.flatMap(({ earlier, current }) =>
    earlier.map(({ definition, lastStartedAt }) => latestEnd(lastStartedAt, [current, definition])),
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
