/** The whole world between two steps, and what may happen next. */

import { type Answer, type Doing, type Part, type PartState, stateOfFresh } from './part.ts';
import { type ProcessState, stateOfStart } from './process.ts';
import type { PendingCall, Script, Way } from './run.ts';

export interface Moment {
  readonly processes: readonly ProcessState[];
  readonly parts: Readonly<Record<string, PartState>>;
  /** How many there have been. */
  readonly faults: number;
}

/** A process's call is carried out, in one of the ways in which that can go. */
export interface Step {
  readonly process: number;
  readonly number: number;
  readonly way: Way;
}

/** Says what is wrong at a moment; at the end of a history, with all. */
export type Judge = (moment: Moment, isOver: boolean) => string | undefined;

export interface Explorable {
  readonly scripts: readonly Script[];
  readonly start: Moment;
  readonly judge: Judge;
}

export type FreshParts = Readonly<Record<string, () => Part | Promise<Part>>>;

export async function explorable(
  scripts: readonly Script[],
  fresh: FreshParts,
  judge: Judge,
): Promise<Explorable> {
  const processes = await Promise.all(scripts.map(stateOfStart));
  const parts: Record<string, PartState> = {};
  for (const [name, part] of Object.entries(fresh)) parts[name] = await stateOfFresh(part);
  return { scripts, start: { processes, parts, faults: 0 }, judge };
}

/** What has happened that never may, so far. */
export function wrongAt({ processes, parts }: Moment): string | undefined {
  for (const { facts } of processes) if (facts.wrong !== undefined) return facts.wrong;
  for (const { wrong } of Object.values(parts)) if (wrong !== undefined) return wrong;
  return undefined;
}

/** The same for equal moments, and short: there are millions. */
export function keyOf({ processes, parts, faults }: Moment): string {
  let key = String.fromCharCode(faults);
  for (const { id } of processes) key += idText(id);
  for (const { id } of Object.values(parts)) key += idText(id);
  return key;
}

function idText(id: number): string {
  return String.fromCharCode(id & 0xffff, id >> 16);
}

/** All that may happen next. */
export function stepsFrom(moment: Moment, mostFaults: number): Step[] {
  const steps: Step[] = [];
  const last: Step[] = [];
  moment.processes.forEach(({ pending }, process) => {
    for (const [number, { faults, isLast }] of pending) {
      (isLast ? last : steps).push({ process, number, way: 'answered' });
      if (moment.faults < mostFaults) for (const way of faults) steps.push({ process, number, way });
    }
  });
  return steps.length > 0 ? steps : last.slice(0, 1);
}

export function callOf({ processes }: Moment, { process, number }: Step): PendingCall {
  return processes[process]?.pending.get(number) as PendingCall;
}

const NOTHING: Doing = () => {};
const NO_ANSWER: Answer = { text: '', value: undefined };

export async function after(moment: Moment, step: Step): Promise<Moment> {
  const { part, name, doing, failing = NOTHING } = callOf(moment, step);
  const { way } = step;
  const happens = way === 'answered' || way === 'answer lost';
  let { parts } = moment;
  let answer: Answer = NO_ANSWER;
  if (part !== undefined) {
    const done = await (parts[part] as PartState).after(
      happens ? name : `${name} fails`,
      happens ? doing : failing,
    );
    if (done.state !== parts[part]) parts = { ...parts, [part]: done.state };
    answer = done.answer;
  } else if (happens) {
    answer = { text: '', value: await doing(undefined) };
  }
  const processes = [...moment.processes];
  const process = processes[step.process] as ProcessState;
  processes[step.process] = await process.after({ number: step.number, way, answer });
  return { processes, parts, faults: moment.faults + (way === 'answered' ? 0 : 1) };
}
