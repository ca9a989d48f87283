/**
 * A process of the world, such as a check: real code that goes on from one call of a port to the next. What it does depends on
 * nothing but what it was told, so where two histories tell it the same, it runs once.
 */
import { type Facts, type PendingCall, Run, type Script, type Told } from './run.ts';
import { textOf } from './text-of.ts';

export interface ProcessState {
  readonly id: number;
  /** Calls without an answer, by their number. */
  readonly pending: ReadonlyMap<number, PendingCall>;
  readonly facts: Facts;
  /** The parts that it may still come to. */
  readonly ahead: ReadonlySet<string>;
  after(told: Told): Promise<ProcessState>;
}

export async function stateOfStart(script: Script): Promise<ProcessState> {
  let states = 0;
  const ended = new Map<string, ProcessState>();

  async function stateAfter(transcript: readonly Told[], run: Run): Promise<ProcessState> {
    const standing = await run.standing();
    const isOver = standing.pending.size === 0;
    const key = textOf(standing.facts);
    const known = isOver ? ended.get(key) : undefined;
    if (known !== undefined) return known;
    const followers = new Map<string, ProcessState>();
    /** The run that stands here, until it goes on. */
    let live: Run | undefined = run;
    states += 1;
    const state: ProcessState = {
      ...standing,
      id: states,
      async after(told) {
        const name = nameOf(told);
        const before = followers.get(name);
        if (before !== undefined) return before;
        const next = live ?? (await replayed(transcript));
        live = undefined;
        await next.tell(told);
        const follower = await stateAfter([...transcript, told], next);
        followers.set(name, follower);
        return follower;
      },
    };
    if (isOver) ended.set(key, state);
    return state;
  }

  async function replayed(transcript: readonly Told[]): Promise<Run> {
    const run = new Run(script);
    for (const told of transcript) await run.tell(told);
    return run;
  }

  return stateAfter([], new Run(script));
}

/** Whether a call whose answer was lost has happened, its caller cannot tell. */
function nameOf({ number, way, answer: { text, at } }: Told): string {
  if (way === 'answered') return `${number} ${text}`;
  return `${number} ${way === 'process dies' ? way : 'error'} ${at}`;
}
