/** A state that puts an event on the bus. */
import type { Circumstances } from './process.ts';

export interface Publishing {
  /** The event reaches the bus. */
  arrive(): void;
  /** How often it is tried again. */
  readonly eventRetries: number;
  /** EventBridge takes it at no try. */
  readonly isRefused?: boolean;
  /** Whether the execution has not been stopped meanwhile. */
  goesOn?(): boolean;
}

/** Tries until EventBridge has said that it took the event; returns whether it has. */
export async function publish(
  { time, random, faults }: Circumstances<'event'>,
  { arrive, eventRetries, isRefused = false, goesOn = () => true }: Publishing,
): Promise<boolean> {
  for (let tries = 0; tries <= eventRetries && goesOn(); tries += 1) {
    const way = isRefused ? 'error' : faults.arrive('event');
    await time.sleep(random.between(1, 300));
    if (way === undefined || way === 'answer lost' || way === 'crash after') arrive();
    if (way === 'late') void time.sleep(random.upTo(10_000)).then(arrive);
    await time.sleep(random.between(1, 300));
    if (way === undefined) return true;
    await time.sleep(random.upTo(4_000));
  }
  return false;
}
