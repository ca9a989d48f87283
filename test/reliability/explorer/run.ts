/** A script under way: it stands at its calls of ports until each is answered. */
import { setImmediate as settled } from 'node:timers/promises';
import type { Answer, Doing } from './part.ts';
import { CANARY } from './scenario.ts';
import { textOf } from './text-of.ts';

export type Way = 'answered' | 'error' | 'answer lost' | 'process dies';

export interface Call {
  /** In words, for the history. */
  readonly place: string;
  /** The part of the world that it is about; absent where it is nobody else's. */
  readonly part?: string | undefined;
  /** With the place, tells it apart from others. */
  readonly args: readonly unknown[];
  readonly doing: Doing;
  /** What is done where it fails; nothing by default. */
  readonly failing?: Doing | undefined;
  /** The ways in which it can go wrong. */
  readonly faults: readonly Way[];
  /** Only once nothing else is left to happen. */
  readonly isLast?: boolean;
}

/** As AWS's own, its message may quote keys, which are addresses. */
export class CallFailed extends Error {}
export class ProcessDied extends Error {}

/** Rejects with CallFailed or ProcessDied. */
export type Ask = <T>(call: Call) => Promise<T>;

export interface Script {
  readonly name: string;
  /** The parts of the world in the order in which it comes to them; it comes back to none before its last calls. */
  readonly order: readonly string[];
  /** Milliseconds since 1970 by its clock, until a call tells it another time. */
  readonly startsAt: number;
  /**
   * @param facts are filled in for what judges the end.
   * @param now the time by the last call that told one.
   */
  run(ask: Ask, facts: Facts, now: () => number): Promise<void>;
}

/** What is known of a process from outside. */
export interface Facts {
  wrong?: string;
  [fact: string]: unknown;
}

export interface PendingCall extends Call {
  readonly name: string;
}

/** What a process is told: one of its calls has come to this. */
export interface Told {
  readonly number: number;
  readonly way: Way;
  readonly answer: Answer;
}

interface Asked {
  readonly call: Call;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class Run {
  readonly #script: Script;
  readonly #asked: Asked[] = [];
  readonly #answered = new Set<number>();
  readonly #facts: Facts = {};
  #time: number;
  #crash: unknown;

  constructor(script: Script) {
    this.#script = script;
    this.#time = script.startsAt;
    const ask = (call: Call) => {
      const { promise, resolve, reject } = Promise.withResolvers<never>();
      this.#asked.push({ call, resolve: resolve as (value: unknown) => void, reject });
      return promise;
    };
    script
      .run(ask, this.#facts, () => this.#time)
      .catch((error) => {
        this.#crash = error;
      });
  }

  async tell({ number, way, answer }: Told): Promise<void> {
    await settled();
    const asked = this.#asked[number];
    if (asked === undefined) throw new Error(`${this.#script.name} does not do the same again`);
    this.#answered.add(number);
    this.#time = answer.at ?? this.#time;
    if (way === 'answered') asked.resolve(answer.value);
    else
      asked.reject(
        way === 'process dies' ? new ProcessDied() : new CallFailed(`The request about ${CANARY} failed.`),
      );
    await settled();
  }

  /** Where it stands now. */
  async standing() {
    await settled();
    const made = this.#asked.length;
    await settled();
    if (this.#crash !== undefined) throw this.#crash;
    if (this.#asked.length !== made) throw new Error(`${this.#script.name} waits for more than its calls`);
    const pending = new Map<number, PendingCall>();
    for (const [number, { call }] of this.#asked.entries()) {
      if (this.#answered.has(number)) continue;
      pending.set(number, { ...call, name: textOf([call.place, call.args]) });
    }
    return { pending, facts: structuredClone(this.#facts), ahead: this.#partsAhead() };
  }

  #partsAhead(): ReadonlySet<string> {
    const { name, order } = this.#script;
    let place = 0;
    for (const { call } of this.#asked) {
      if (call.isLast) return new Set(order);
      if (call.part === undefined) continue;
      place = order.indexOf(call.part, place);
      if (place < 0) throw new Error(`${name} came back to ${call.part}`);
    }
    return new Set(order.slice(place));
  }
}
