/** `dead-letters forward`: sends each event to the target that did not take it, and to no other. */
import { Command } from 'commander';
import { CommandError, wrongUsage } from '../../command-error.ts';
import { type ForwardedLetter, forwardedList, listedLetter } from '../../display/dead-letter-columns.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import { interruptible, interruption } from '../../interruptible.ts';
import type { Act, Session } from '../../session.ts';
import { deadLetterQueueOf, giveBack, takeLetters } from '../../tracker/dead-letters/dead-letter-queue.ts';
import {
  forwardLetter,
  type Kept,
  NO_LONGER_HELD,
  undeliverable,
} from '../../tracker/dead-letters/forward-letter.ts';
import { type Planned, planForwarding } from '../../tracker/dead-letters/plan-forwarding.ts';
import { eachOf } from '../../tracker/rows/newest-first.ts';

export function forwardCommand(act: Act): Command {
  return new Command('forward')
    .description('send each event again to the target that did not take it, then delete it from the queue')
    .option('--dry-run', 'say what would be sent, and send nothing')
    .option('--yes', 'do not ask')
    .action(act(forward, true));
}

interface ForwardOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

async function forward(
  session: Session,
  { dryRun = false, yes = false }: ForwardOptions,
): Promise<ExitStatus> {
  if (!dryRun && !yes && session.terminal.confirm === undefined) {
    throw wrongUsage('forward sends events. Confirm it with --yes: there is no terminal to ask on.');
  }
  const tracker = await interruptible(session, session.tracker());
  const queue = await deadLetterQueueOf(tracker);
  const { letters, more, heldUntil } = await takeLetters(queue, session);
  const left = new Set(letters);
  try {
    const planned = await interruptible(session, planForwarding(tracker, letters));
    if (!dryRun && !yes) await interruptible(session, confirmed(session, planned));
    // Ctrl-C ends it after those that are under way: one that was sent and not deleted would be sent again.
    const forwardOne = async (one: Planned) => {
      if (session.interrupted.aborted) return interruption();
      return session.clock.now() < heldUntil ? forwardLetter(tracker.aws, queue, one) : NO_LONGER_HELD;
    };
    const forwarded = await eachOf(planned, async (one): Promise<ForwardedLetter> => {
      const kept = dryRun ? refusalOf(one) : await forwardOne(one);
      if (!dryRun && kept === undefined) left.delete(one.letter);
      return { ...listedLetter(one.letter), ...(kept && { kept: kept.code, reason: kept.message }) };
    });
    await session.printList(forwardedList(forwarded, { dryRun, more }));
    if (dryRun || left.size === 0) return EXIT.done;
    return session.interrupted.aborted ? EXIT.interrupted : EXIT.failed;
  } finally {
    await giveBack(queue, [...left]);
  }
}

/** @throws CommandError `NOT_CONFIRMED`. */
async function confirmed({ terminal }: Session, planned: readonly Planned[]): Promise<void> {
  const number = planned.filter((one) => refusalOf(one) === undefined).length;
  if (number === 0) return;
  const events = `${number} ${number === 1 ? 'event' : 'events'}`;
  if (await terminal.confirm?.(`Send ${events} again, each to its target alone?`)) return;
  throw new CommandError('NOT_CONFIRMED', EXIT.refused, 'Nothing was sent.');
}

function refusalOf({ to }: Planned): Kept | undefined {
  return typeof to === 'string' ? undeliverable(to) : undefined;
}
