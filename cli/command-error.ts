/** An error about which the operator can do something. */
import { EXIT, type ExitStatus } from './exit-status.ts';
import { printable } from './text/printable.ts';

export class CommandError extends Error {
  override readonly name = 'CommandError';
  /** Stable; docs/command-line.md lists them. */
  readonly code: string;
  readonly exitStatus: ExitStatus;
  /** Commands that may follow, by their arguments. */
  readonly next: readonly (readonly string[])[];

  /**
   * @param message what was wrong and what to do; never a recipient's address. It may quote what others wrote.
   * @param details a line each.
   */
  constructor(
    code: string,
    exitStatus: ExitStatus,
    message: string,
    details: readonly string[] = [],
    next: CommandError['next'] = [],
  ) {
    super([printable(message), ...details.map((detail) => `  ${printable(detail)}`)].join('\n'));
    this.code = code;
    this.exitStatus = exitStatus;
    this.next = next;
  }
}

export function wrongUsage(message: string): CommandError {
  return new CommandError('WRONG_USAGE', EXIT.wrongUsage, message);
}

export function noSuchTracking(requestId: string): CommandError {
  return new CommandError(
    'NO_SUCH_TRACKING',
    EXIT.notFound,
    `Nothing is known of ${requestId}: no execution of the last 90 days and no row in the table. Check the id, or begin to track it.`,
    [],
    [['start', requestId]],
  );
}
