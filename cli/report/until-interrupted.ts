/** The same items, until Ctrl-C: whatever is under way then is not waited for. */
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';

/** @throws CommandError `INTERRUPTED`. */
export async function* untilInterrupted<T>(
  items: AsyncIterator<T>,
  interrupted: AbortSignal,
): AsyncGenerator<T> {
  const interruption = new Promise<never>((_, reject) => {
    const refuse = () => reject(new CommandError('INTERRUPTED', EXIT.interrupted, 'Interrupted.'));
    if (interrupted.aborted) refuse();
    interrupted.addEventListener('abort', refuse, { once: true });
  });
  // Nobody may be waiting when it comes.
  interruption.catch(() => {});
  for (;;) {
    const next = await Promise.race([items.next(), interruption]);
    if (next.done) return;
    yield next.value;
  }
}
