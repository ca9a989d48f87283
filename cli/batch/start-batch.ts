/** Starts many trackings, inside the rate at which Step Functions takes them. */
import pThrottle from 'p-throttle';
import type { StartedTracking } from '../../client/index.ts';
import type { TrackingInput } from '../../contract/tracking-input.ts';
import { asCommandError, isHopeless } from '../tracker/as-command-error.ts';

/** Inputs that are started together, and what became of those that were dealt with. */
export interface Batch {
  readonly inputs: readonly TrackingInput[];
  started: number;
  alreadyTracked: number;
  readonly failures: { readonly requestId: string; readonly code: string; readonly message: string }[];
}

export interface BatchSettings {
  /** Starts in a second, at most. */
  readonly rate: number;
  /** Ends it after the starts that are under way. */
  readonly signal: AbortSignal;
  onProgress(): void;
}

/** Enough for the highest rate, and no more than the SDK opens sockets. */
const STARTS_AT_ONCE = 50;
/** Starts go out in tenths of a second, so that the first of them do not come all at once. */
const PORTIONS_A_SECOND = 10;

export function batchOf(inputs: readonly TrackingInput[]): Batch {
  return { inputs, started: 0, alreadyTracked: 0, failures: [] };
}

/**
 * Starts all of them, once each: the names of executions make it safe to do so again. The batch counts what was done, even
 * where this throws.
 *
 * @throws CommandError that every further start would meet; after the starts that were under way.
 */
export async function startBatch(
  batch: Batch,
  start: (input: TrackingInput) => Promise<StartedTracking>,
  { rate, signal, onProgress }: BatchSettings,
): Promise<void> {
  const hopeless = new AbortController();
  const limit = Math.max(1, Math.round(rate / PORTIONS_A_SECOND));
  const inTurn = pThrottle({
    limit,
    interval: (limit / rate) * 1000,
    signal: AbortSignal.any([signal, hopeless.signal]),
  })(async () => {});
  const waiting = batch.inputs.values();
  const lanes = Math.min(STARTS_AT_ONCE, batch.inputs.length, rate);

  async function turn(): Promise<boolean> {
    await inTurn().catch(() => {});
    return !signal.aborted && !hopeless.signal.aborted;
  }

  async function lane(): Promise<void> {
    for (const input of waiting) {
      if (!(await turn())) return;
      try {
        const { alreadyTracked } = await start(input);
        batch[alreadyTracked ? 'alreadyTracked' : 'started'] += 1;
      } catch (error) {
        const refusal = asCommandError(error);
        const { code, message } = refusal;
        batch.failures.push({ requestId: input.requestId, code, message });
        if (isHopeless(refusal)) hopeless.abort(refusal);
      }
      onProgress();
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  hopeless.signal.throwIfAborted();
}

/** How many were dealt with, well or not. */
export function doneOf({ started, alreadyTracked, failures }: Batch): number {
  return started + alreadyTracked + failures.length;
}
