/** What a scenario is: a few assumptions about AWS, and what to do in an account to see whether they hold. */
import type { World } from './world/world.ts';

/** JSON that an observation is reduced to, so that it can be compared. */
export type Seen =
  | string
  | number
  | boolean
  | null
  | readonly Seen[]
  | { readonly [name: string]: Seen | undefined };

export interface Assumption {
  /** Stable: pages and fixtures name it. */
  readonly id: string;
  /** What code and docs take for granted, in a sentence. */
  readonly says: string;
  /** The observations that agree with it. */
  readonly agrees: readonly Seen[];
  /** Why what the emulator does would show nothing. Absent: it can be seen there too. */
  readonly notInEmulator?: string;
}

export interface Observed {
  /** By the ids of the assumptions; one that is left out was not shown. */
  readonly seen: Readonly<Record<string, Seen | NotShown>>;
  /** What AWS answered, whole, for tests to use later; by name. Masked before it is written. */
  readonly fixtures?: Readonly<Record<string, unknown>>;
}

export interface Scenario {
  /** In kebab case; names its files. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly does: string;
  readonly settles: readonly Assumption[];
  /** It changes what the others stand on, so it runs after them. */
  readonly alone?: boolean;
  /** Why it cannot run here, if it cannot: an option is missing, say. */
  impossible?(world: World): string | undefined;
  /** It ends, or throws, in bounded time. */
  run(world: World): Promise<Observed>;
}

/** Why an assumption was not shown; in place of an observation. */
export class NotShown {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}
