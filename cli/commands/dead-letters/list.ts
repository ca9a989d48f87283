/** `dead-letters list`: what is in the tracker's dead-letter queue, and why. */
import { Command } from 'commander';
import { LETTER_COLUMNS, LETTER_HEAD, letterCells, listedLetter } from '../../display/dead-letter-columns.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import { interruptible } from '../../interruptible.ts';
import type { Act, Session } from '../../session.ts';
import { deadLetterQueueOf, giveBack, takeLetters } from '../../tracker/dead-letters/dead-letter-queue.ts';

export function listCommand(act: Act): Command {
  return new Command('list')
    .description('the events, their targets and why these did not take them, oldest first')
    .action(act(list, true));
}

async function list(session: Session): Promise<ExitStatus> {
  const queue = await deadLetterQueueOf(await interruptible(session, session.tracker()));
  const { letters, more } = await takeLetters(queue, session);
  await giveBack(queue, letters);
  await session.printList({
    name: 'deadLetters',
    facts: {},
    pieces: letters.length === 0 ? [] : [letters.map(listedLetter)],
    rest: () => ({ more }),
    columns: LETTER_COLUMNS,
    table: {
      head: LETTER_HEAD,
      cells: letterCells,
      before: () => [],
      none: ['No dead letters.'],
      after: () => [
        ...(more ? ['There are more; these are the first that the queue gave.'] : []),
        `Once the targets are mended: ${session.command('dead-letters', 'forward', '--dry-run')}`,
      ],
    },
  });
  return EXIT.done;
}
