/** Tries every order of steps that makes a difference. */
import { after, type Explorable, keyOf, type Moment, type Step, stepsFrom } from './moment.ts';
import type { ProcessState } from './process.ts';
import { shortestHistory } from './shortest.ts';

export interface Explored {
  readonly states: number;
  readonly steps: number;
  /** Orders of steps that were tried. */
  readonly histories: number;
  /** How the world can be in the end. */
  readonly ends: ReadonlySet<string>;
  /** What is wrong in one of them. */
  readonly wrong: string | undefined;
}

/** @param tried those of the next steps that are tried. */
export async function explore(
  { start, judge }: Explorable,
  mostFaults: number,
  tried = worthTrying,
): Promise<Explored> {
  const histories = new Map<string, number>();
  const ends = new Set<string>();
  let steps = 0;
  let wrong: string | undefined;

  async function historiesFrom(moment: Moment): Promise<number> {
    const key = keyOf(moment);
    const known = histories.get(key);
    if (known !== undefined) return known;
    const next = tried(moment, stepsFrom(moment, mostFaults));
    const isOver = next.length === 0;
    wrong ??= judge(moment, isOver);
    if (isOver) ends.add(key);
    let number = isOver ? 1 : 0;
    for (const step of next) {
      if (wrong !== undefined) break;
      steps += 1;
      number += await historiesFrom(await after(moment, step));
    }
    histories.set(key, number);
    return number;
  }

  const all = await historiesFrom(start);
  return { states: histories.size, steps, histories: all, ends, wrong };
}

/** Every step, also where its order with another makes no difference. */
export const everyOrder = (_moment: Moment, steps: readonly Step[]) => steps;

/** What goes wrong with the fewest faults, and how. */
export async function firstWrong(world: Explorable, mostFaults: number): Promise<string[] | undefined> {
  for (let faults = 0; faults <= mostFaults; faults += 1) {
    const { wrong } = await explore(world, faults);
    if (wrong !== undefined) return shortestHistory(world, faults);
  }
  return undefined;
}

/**
 * The steps of some processes, where nobody else will ever come to what these are about: whatever else may happen comes to the
 * same after them as before.
 */
function worthTrying(moment: Moment, steps: readonly Step[]): readonly Step[] {
  let fewest = steps;
  for (const { process } of steps) {
    const together = closest(moment, process);
    const theirs = steps.filter((step) => together.has(step.process));
    if (theirs.length < fewest.length) fewest = theirs;
  }
  return fewest;
}

/** A process, and all that may yet come to a part that one of them is calling now. */
function closest({ processes }: Moment, first: number): ReadonlySet<number> {
  const together = new Set([first]);
  for (const one of together) {
    for (const { part, isLast } of (processes[one] as ProcessState).pending.values()) {
      if (part === undefined || isLast) continue;
      processes.forEach((other, index) => {
        if (other.ahead.has(part) && isBusy(other)) together.add(index);
      });
    }
  }
  return together;
}

function isBusy({ pending }: ProcessState): boolean {
  return [...pending.values()].some(({ isLast }) => !isLast);
}
