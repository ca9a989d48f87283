/** The requests of one run of the function. Each may fail, lose its answer, or be the last that its process does. */
import type { Doing } from './part.ts';
import { type Ask, ProcessDied, type Way } from './run.ts';

export interface Requested {
  readonly place: string;
  readonly part?: string | undefined;
  readonly args?: readonly unknown[];
  readonly doing?: Doing;
  readonly failing?: Doing;
  readonly faults?: readonly Way[];
}

export type Request = <T>(requested: Requested) => Promise<T>;

/** Of a request that changes nothing, a lost answer is an error. */
export const READING: readonly Way[] = ['error', 'process dies'];
const WRITING: readonly Way[] = ['error', 'answer lost', 'process dies'];

/** @param die is called as the process dies; what it had asked for may still happen, and it hears of nothing. */
export function requestsOf(ask: Ask, isInPeace: boolean, die: () => void): Request {
  let isDead = false;
  return async <T>({ args = [], doing = () => {}, faults = WRITING, ...requested }: Requested) => {
    try {
      const answer = await ask<T>({ ...requested, args, doing, faults: isInPeace ? [] : faults });
      if (!isDead) return answer;
    } catch (error) {
      if (!isDead && !(error instanceof ProcessDied)) throw error;
      isDead = true;
      die();
    }
    return new Promise<never>(() => {});
  };
}
