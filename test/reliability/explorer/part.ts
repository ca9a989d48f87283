/**
 * A part of the world that several processes share, such as the rows of a notification. Its real code runs once for each thing
 * that can be done to it in each state; after that, what follows is known.
 */
import { textOf } from './text-of.ts';

export interface Part {
  /** All that can make a difference to anybody. */
  content(): unknown;
  /** Milliseconds since 1970, where it is the part by which time passes. */
  now?(): number;
  /** What happened to it that never may. */
  wrong?(): string | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: each call knows the part that it is for.
export type Doing = (part: any) => unknown;

export interface After {
  readonly state: PartState;
  readonly answer: Answer;
}

/** What the caller hears. */
export interface Answer {
  /** The same for equal answers. */
  readonly text: string;
  readonly value: unknown;
  /** The time by then, where it has passed. */
  readonly at?: number | undefined;
}

export interface PartState {
  readonly id: number;
  readonly content: unknown;
  readonly wrong: string | undefined;
  /** @param name tells things that are done apart. */
  after(name: string, doing: Doing): Promise<After>;
}

/** The state of a part that nothing has been done to. */
export async function stateOfFresh(fresh: () => Part | Promise<Part>): Promise<PartState> {
  const states = new Map<string, PartState>();

  async function replayed(path: readonly Doing[]) {
    const part = await fresh();
    let answer: unknown;
    let before: number | undefined;
    for (const doing of path) {
      before = part.now?.();
      answer = await doing(part);
    }
    const at = part.now?.();
    return { part, answer, at: at === before ? undefined : at };
  }

  async function stateOf(part: Part, path: readonly Doing[]): Promise<PartState> {
    const content = await part.content();
    const wrong = part.wrong?.();
    const key = textOf([content, part.now?.(), wrong]);
    const known = states.get(key);
    if (known !== undefined) return known;
    const done = new Map<string, After>();
    const state: PartState = {
      id: states.size,
      content,
      wrong,
      async after(name, doing) {
        const before = done.get(name);
        if (before !== undefined) return before;
        const longer = [...path, doing];
        const { part: changed, answer, at } = await replayed(longer);
        const text = textOf([answer, at]);
        const after = { state: await stateOf(changed, longer), answer: { text, value: answer, at } };
        done.set(name, after);
        return after;
      },
    };
    states.set(key, state);
    return state;
  }

  return stateOf(await fresh(), []);
}
