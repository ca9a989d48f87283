/** A clock on which everything waits in one queue: what is due next happens next. */
import FlatQueue from 'flatqueue';

export interface VirtualTime {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Lets time pass until nobody waits any more. */
  run(): Promise<void>;
}

/** @param onStep hears of the time of each step, before it happens. */
export function virtualTime(start: number, onStep = (_time: number) => {}): VirtualTime {
  const due = new FlatQueue<() => void>();
  let time = start;
  return {
    now: () => time,
    sleep(milliseconds) {
      const { promise, resolve } = Promise.withResolvers<void>();
      due.push(resolve, time + Math.max(0, milliseconds));
      return promise;
    },
    async run() {
      while (due.length > 0) {
        time = due.peekValue() as number;
        onStep(time);
        due.pop()?.();
        // Whatever follows from it without waiting happens before the next.
        await new Promise(setImmediate);
      }
    },
  };
}
