/** `forget ADDRESS`: erases one recipient's rows, and says what may be left elsewhere. */
import { Command } from 'commander';
import { recipientOf } from '../../arguments.ts';
import { CommandError, wrongUsage } from '../../command-error.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import type { Act, Clock, Session } from '../../session.ts';
import { maskAddress } from '../../text/mask-address.ts';
import { printable } from '../../text/printable.ts';
import { type DeliveryLogTable, deleteRows, keysOfRecipient } from '../../tracker/delivery-log-rows.ts';
import { runningRequestIds } from '../../tracker/executions/attempts.ts';

export function forgetCommand(act: Act): Command {
  return new Command('forget')
    .description("erase one recipient's rows, and say what backups and others may still hold")
    .argument('<address>', 'as Kore.ai knows the recipient (originalId)')
    .option('--yes', 'do not ask')
    .action(act(forget));
}

async function forget(session: Session, address: string, { yes }: { yes?: boolean }): Promise<ExitStatus> {
  const recipient = recipientOf(address);
  const name = printable(session.people.showAddresses ? recipient : maskAddress(recipient));
  const { confirm } = session.terminal;
  if (!yes && confirm === undefined) {
    throw wrongUsage('forget erases permanently. Confirm it with --yes: there is no terminal to ask on.');
  }
  const { deliveryLog, stateMachine } = await session.tracker();
  // Two people may have the same mask, and an erasure cannot be taken back.
  if (
    !yes &&
    !(await confirm?.(
      `Erase all rows of ${printable(recipient)} in the table ${printable(deliveryLog.name)}?`,
    ))
  ) {
    throw new CommandError('NOT_CONFIRMED', EXIT.refused, 'Nothing was erased.');
  }
  const { deleted, notifications } = await eraseRows(deliveryLog, recipient, session.clock);
  const running = await runningRequestIds(stateMachine);
  const runningTrackings = notifications.filter((requestId) => running.has(requestId));
  session.print({ recipient: name, deleted, notifications, runningTrackings, stillHeld: STILL_HELD }, () => [
    `Erased ${deleted} rows whose recipient is ${name}, from ${notifications.length} notifications.`,
    ...runningLines(runningTrackings),
    'What may still hold the address, or name the person otherwise:',
    ...STILL_HELD.map((holder) => `  - ${holder}`),
  ]);
  return EXIT.done;
}

/** Only rows with this very recipient are found. */
const STILL_HELD = [
  'rows of other recipients, or of none, where Kore.ai names the person in another field, such as a comment',
  "the table's point-in-time recovery, for up to 35 days; it drops out by itself",
  'on-demand backups and exports of the table, if you have made any, until you delete them',
  'Kore.ai, and whatever workloads of yours read the rows',
  'inputs of executions, and what repeats them, if your workloads have put it there (correlationId)',
  "logs, events, summaries and histories of release 0.1.0, which repeated Kore.ai's error texts, until they expire; later releases write no text of Kore.ai's there",
];

function runningLines(requestIds: readonly string[]): string[] {
  if (requestIds.length === 0) {
    return ['A running tracking may still write a row. Run this again after the last of them has ended.'];
  }
  return [
    `These trackings still run, and may write the rows again: ${printable(requestIds.join(', '))}.`,
    'Run this again after they have ended.',
  ];
}

/** A second query of the index shows what the last round left, or has not caught up with. */
const MOST_ROUNDS = 30;
const BETWEEN_ROUNDS_MS = 1_000;

async function eraseRows(table: DeliveryLogTable, recipient: string, clock: Clock) {
  const erased = new Set<string>();
  const notifications = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const keys = await keysOfRecipient(table, recipient);
    if (keys.length === 0) return { deleted: erased.size, notifications: [...notifications].sort() };
    await deleteRows(table, keys);
    for (const { requestId, logId } of keys) {
      erased.add(`${requestId} ${logId}`);
      notifications.add(requestId);
    }
    await clock.sleep(BETWEEN_ROUNDS_MS);
  }
  throw new CommandError(
    'FORGET_INCOMPLETE',
    EXIT.failed,
    `Rows of this recipient keep coming back: ${erased.size} were erased, some are left. A running tracking writes them, or the table throttles. Run it again later.`,
  );
}
