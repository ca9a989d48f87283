/** The shortest history that goes wrong: with the fewest faults, and of those with the fewest turns from one process to another. */
import { after, callOf, type Explorable, keyOf, type Moment, type Step, stepsFrom } from './moment.ts';
import type { Script } from './run.ts';

interface Reached {
  readonly moment: Moment;
  readonly step: Step | undefined;
  readonly before: Reached | undefined;
}

/**
 * A line for each turn of a process, and then what is wrong; `undefined` where nothing is. Takes every order, also those that come
 * to the same, so that no turn is there for nothing.
 */
export async function shortestHistory(
  { start, scripts, judge }: Explorable,
  mostFaults: number,
): Promise<string[] | undefined> {
  const seen = new Set<string>();
  let turning: Reached[] = [{ moment: start, step: undefined, before: undefined }];
  while (turning.length > 0) {
    const reached = turning;
    turning = [];
    // It grows on the way.
    for (const here of reached) {
      const key = `${keyOf(here.moment)} ${here.step?.process}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const steps = stepsFrom(here.moment, mostFaults);
      const wrong = judge(here.moment, steps.length === 0);
      if (wrong !== undefined) return [...turnsTo(here, scripts), `=> ${wrong}`];
      for (const step of steps) {
        const next = { moment: await after(here.moment, step), step, before: here };
        const isSameTurn = here.step === undefined || here.step.process === step.process;
        (isSameTurn ? reached : turning).push(next);
      }
    }
  }
  return undefined;
}

function turnsTo(end: Reached, scripts: readonly Script[]): string[] {
  const turns: string[] = [];
  let process: number | undefined;
  for (const { moment, step } of pathTo(end)) {
    const { place } = callOf(moment, step);
    const words = step.way === 'answered' ? place : `${place} (${step.way})`;
    const turn =
      step.process === process ? `${turns.pop()}, ${words}` : `${scripts[step.process]?.name} ${words}`;
    turns.push(turn);
    process = step.process;
  }
  return turns;
}

function pathTo({ step, before }: Reached): { moment: Moment; step: Step }[] {
  if (step === undefined || before === undefined) return [];
  return [...pathTo(before), { moment: before.moment, step }];
}
