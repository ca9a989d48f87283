/** `retrack --dry-run` of a campaign or a time: which notifications would be tracked again, and why others would not. */
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { inPieces } from '../paging/pages.ts';
import type { Session, Tracker } from '../session.ts';
import { inLanes } from '../tracker/executions/details.ts';
import { turns } from '../tracker/executions/paced.ts';
import { factsOn, idsOf, nextOf, nothingToTrack, type Which } from './retracking.ts';

const PIECE = 50;

/**
 * Says which would be tracked again, and why others would not; starts nothing.
 *
 * @throws CommandError `NO_SUCH_CAMPAIGN`.
 */
export async function planRetracking(session: Session, tracker: Tracker, which: Which): Promise<ExitStatus> {
  const turn = turns(session.clock, session.interrupted);
  const plan = async (requestId: string): Promise<Planned> => {
    // Three requests, as latestAttempt makes them.
    for (let request = 0; request < 3; request += 1) await turn();
    const next = await nextOf(tracker, requestId);
    return { requestId, ...('code' in next ? { refused: next.code } : { attempt: next.attempt }) };
  };
  let would = 0;
  await session.printList<Planned>({
    name: 'notifications',
    facts: { dryRun: true, ...factsOn(which) },
    pieces: plannedOf(session, tracker, which, plan, (count) => {
      would += count;
    }),
    rest: () => ({ more: false, wouldStart: would }),
    columns: {
      requestId: ({ requestId }) => requestId,
      attempt: ({ attempt }) => attempt,
      refused: ({ refused }) => refused,
    },
    table: {
      head: ['notification', 'would be tracked'],
      cells: ({ requestId, attempt, refused }) => [
        requestId,
        attempt === undefined ? `not: ${refused}` : `as attempt ${attempt}`,
      ],
      before: () => [],
      none: [nothingToTrack(which)],
      after: () => [`${would} would be tracked again. Nothing was started.`],
    },
  });
  return EXIT.done;
}

interface Planned {
  readonly requestId: string;
  readonly attempt?: number;
  /** Code of the refusal. */
  readonly refused?: string;
}

async function* plannedOf(
  session: Session,
  tracker: Tracker,
  which: Which,
  plan: (requestId: string) => Promise<Planned>,
  onPlanned: (count: number) => void,
): AsyncGenerator<readonly Planned[]> {
  for await (const ids of inPieces(idsOf(session, tracker, which), PIECE)) {
    const planned = await inLanes(ids, plan);
    onPlanned(planned.filter(({ attempt }) => attempt !== undefined).length);
    yield planned;
  }
}
