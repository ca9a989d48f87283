/** Work that Ctrl-C ends at once: what it is waiting for changes nothing any more. */
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-status.ts';

/** @throws CommandError `INTERRUPTED`. */
export function interruptible<T>(
  { interrupted }: { interrupted: AbortSignal },
  work: Promise<T>,
): Promise<T> {
  return Promise.race([work, interruptionOf(interrupted)]);
}

export function interruption(): CommandError {
  return new CommandError('INTERRUPTED', EXIT.interrupted, 'Interrupted.');
}

function interruptionOf(interrupted: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const refuse = () => reject(interruption());
    if (interrupted.aborted) refuse();
    interrupted.addEventListener('abort', refuse, { once: true });
  });
}
