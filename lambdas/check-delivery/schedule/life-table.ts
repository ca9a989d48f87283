/**
 * How long deliveries of one bot take, as an actuary records it: for each age, how many lives were seen to pass it, and how many
 * ended there. A delivery counts as far as it was seen, so the quick ones that end first do not mislead.
 */

export interface LifeTable {
  /** For each age of `AGES`, how many deliveries were seen to live from it to the next; parts of that add up. */
  readonly lived: readonly number[];
  /** How many ended between the two. */
  readonly ended: readonly number[];
}

const AGES_IN_DOUBLING = 4;
const DOUBLINGS = 18;

/** Seconds: 0, 5, 5.9, 7.1, 8.4, 10, …; every fourth one doubles, for twelve days. */
export const AGES: readonly number[] = [
  0,
  ...Array.from({ length: DOUBLINGS * AGES_IN_DOUBLING }, (_, i) => 5 * 2 ** (i / AGES_IN_DOUBLING)),
];

export const EMPTY_TABLE: LifeTable = { lived: [], ended: [] };

/** What one check tells: of each age, an index of `AGES`, the share that the delivery has lived of it since the check before. */
export interface Lesson {
  readonly lived: readonly { readonly age: number; readonly share: number }[];
  /** At which age it ended. */
  readonly ended?: number;
  /** Of a delivery whose tracking begins: when, milliseconds since 1970. */
  readonly startedAt?: number;
}

/** What is learnt from having been under way at one age, in seconds, and still at a later one. */
export function stillUnderWay(before: number, now: number): Lesson {
  const lived = AGES.slice(0, -1).map((from, age) => {
    const to = AGES[age + 1] as number;
    return { age, share: (Math.min(now, to) - Math.max(before, from)) / (to - from) };
  });
  return { lived: lived.filter(({ share }) => share > 0) };
}

/** No life is shorter: it would have been nowhere. */
const SHORTEST_LIFE_SECONDS = 0.01;

/**
 * What is learnt from an end between two checks.
 *
 * @param at when it ended, in seconds, as far as that is known.
 */
export function endedBetween(before: number, now: number, at: number): Lesson {
  const { lived } = stillUnderWay(before, Math.max(before + SHORTEST_LIFE_SECONDS, Math.min(now, at)));
  const ended = lived.at(-1)?.age;
  return { lived, ...(ended !== undefined && { ended }) };
}

/** An age that this many lives are known of forgets as fast as it learns: more know the shape better, fewer follow a change sooner. */
const MEMORY = 500;

/** How the counts of one age change. */
export interface Change {
  readonly age: number;
  readonly lived: number;
  readonly ended: number;
}

/** What a lesson changes in a table. */
export function changesBy({ lived, ended }: Lesson, lives: LifeTable): Change[] {
  return lived.map(({ age, share }) => {
    const known = lives.lived[age] ?? 0;
    const forgotten = known < MEMORY ? 0 : share / MEMORY;
    return {
      age,
      lived: short(share - known * forgotten),
      ended: short((age === ended ? 1 : 0) - (lives.ended[age] ?? 0) * forgotten),
    };
  });
}

/** Four digits: a count is kept where each byte of it is paid for. */
function short(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** As much as so many deliveries of unknown kind weigh against what was seen: more trust the first few less, fewer learn sooner. */
const WEIGHT_OF_IGNORANCE = 1;
/** Where nothing is known, deliveries are heavy-tailed: the chance of an end in the next second is 1 / age, and no more than this age gives. */
const YOUNGEST_SECONDS = 3;

/** For each age of `AGES`: the chance that a delivery which reached it ends before the next. */
export type Chances = readonly number[];

export function chancesOf({ lived, ended }: LifeTable): Chances {
  return AGES.map((from, age) => {
    const to = AGES[age + 1];
    if (to === undefined) return 1;
    const unknown = Math.log(to / Math.max(from, YOUNGEST_SECONDS));
    const ends = (ended[age] ?? 0) + WEIGHT_OF_IGNORANCE * unknown;
    return 1 - Math.exp(-ends / ((lived[age] ?? 0) + WEIGHT_OF_IGNORANCE));
  });
}

/** Of a bot of which nothing is known. */
export const UNKNOWN: Chances = chancesOf(EMPTY_TABLE);
