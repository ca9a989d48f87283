/** Compares what was seen with what the project assumes. */
import { isDeepStrictEqual } from 'node:util';
import { type Assumption, NotShown, type Observed, type Seen } from '../scenario.ts';

export type Verdict = 'as assumed' | 'differs' | 'not shown';

export interface Finding {
  readonly id: string;
  readonly says: string;
  readonly verdict: Verdict;
  /** Absent where nothing was seen. */
  readonly seen?: Seen;
  /** Of what is not shown. */
  readonly why?: string;
}

/** @param isEmulator what it cannot show is not shown, whatever was seen. */
export function findingOf(
  assumption: Assumption,
  seen: Observed['seen'],
  { isEmulator }: { readonly isEmulator: boolean },
): Finding {
  const { id, says, agrees, notInEmulator } = assumption;
  const one = seen[id];
  if (isEmulator && notInEmulator !== undefined) {
    const hidden = notShown(assumption, `emulator: ${notInEmulator}`);
    return one === undefined || one instanceof NotShown ? hidden : { ...hidden, seen: one };
  }
  if (one === undefined) return notShown(assumption, 'the scenario did not observe it');
  if (one instanceof NotShown) return notShown(assumption, one.why);
  const isAsAssumed = agrees.some((expected) => isDeepStrictEqual(expected, one));
  return { id, says, verdict: isAsAssumed ? 'as assumed' : 'differs', seen: one };
}

export function notShown({ id, says }: Assumption, why: string): Finding {
  return { id, says, verdict: 'not shown', why };
}
