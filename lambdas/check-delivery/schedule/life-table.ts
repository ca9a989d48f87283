/**
 * How long deliveries of one bot take, as an actuary records it: of those that reached an age, how many ended before the
 * next? Deliveries still under way count as far as they have come, so the quick ones that end first do not mislead.
 */

export interface LifeTable {
  /** For each age of `AGES`, how many deliveries were seen to reach it. */
  readonly reached: readonly number[];
  /** How many of them ended before the next age. */
  readonly ended: readonly number[];
}

/** Seconds: 0, 5, 7.1, 10, 14.1, …; every second one doubles, for eleven days. */
export const AGES: readonly number[] = [0, ...Array.from({ length: 36 }, (_, i) => 5 * 2 ** (i / 2))];

export const EMPTY_TABLE: LifeTable = { reached: [], ended: [] };

/** A generation that has seen this many ends makes room for the next: more ends know the shape better, fewer follow a change sooner (`npm run bench -- learning`). */
const ENDS_IN_GENERATION = 500;

/** Of counts by generation and age: the table of the two latest, and the generation that learns now. */
export function sumOfGenerations(
  reached: ReadonlyMap<number, readonly number[]>,
  ended: ReadonlyMap<number, readonly number[]>,
): { lives: LifeTable; generation: number } {
  const latest = Math.max(0, ...reached.keys());
  const ends = (ended.get(latest) ?? []).reduce((sum, count = 0) => sum + count, 0);
  const generation = ends < ENDS_IN_GENERATION ? latest : latest + 1;
  const sum = (counts: ReadonlyMap<number, readonly number[]>) =>
    AGES.map((_, age) => (counts.get(generation)?.[age] ?? 0) + (counts.get(generation - 1)?.[age] ?? 0));
  return { lives: { reached: sum(reached), ended: sum(ended) }, generation };
}

/** What one check tells a life table; each number is an index of `AGES`. */
export interface Lesson {
  readonly reached: readonly number[];
  readonly ended?: number;
}

/** What is learnt from having been under way at one age, in seconds, and still at a later one. */
export function stillUnderWay(before: number, now: number): Lesson {
  const reached = [...AGES.keys()].filter((i) => {
    const age = AGES[i] ?? 0;
    return age <= now && (age > before || (age === 0 && before === 0));
  });
  return { reached };
}

/** What is learnt from an end between two checks. When it came was not seen; any moment is as likely. */
export function endedBetween(before: number, now: number, random: number): Lesson {
  const end = before + (now - before) * random;
  return { ...stillUnderWay(before, end), ended: AGES.findLastIndex((age) => age <= end) };
}

/** As much as this many deliveries of unknown kind weigh against what was seen: more trust the first few less, fewer learn sooner (`npm run bench -- learning`). */
const WEIGHT_OF_IGNORANCE = 10;

/** The chance that a delivery which reached an age ends before the next. Where nothing is known: heavy-tailed, 1/t. */
function chanceOfEnd(index: number, { reached, ended }: LifeTable): number {
  const from = AGES[index] ?? 0;
  const to = AGES[index + 1] ?? Number.POSITIVE_INFINITY;
  const unknown = 1 - Math.max(from, 3) / to;
  const ends = ended[index] ?? 0;
  const lives = Math.max(ends, reached[index] ?? 0);
  return (ends + WEIGHT_OF_IGNORANCE * unknown) / (lives + WEIGHT_OF_IGNORANCE);
}

/**
 * Seconds to wait at an age until the lag that has probably built up is worth a check: the w for which the expected lag
 * of a check at `age + w` is `worthSeconds`. With a constant hazard h that is sqrt(2 * worth / h), the rule of Barlow
 * and Proschan (1965) and Keller (1974); with one that falls as 1/t it grows with the square root of the age.
 */
export function waitWorthACheck(age: number, worthSeconds: number, table: LifeTable): number {
  const first = AGES.findLastIndex((from) => from <= age);
  // Of the deliveries under way at `age`: how many of them are still so at `from`, how many ended, and their lag.
  let alive = 1;
  let ended = 0;
  let lag = 0;
  for (let i = first; i < AGES.length - 1; i += 1) {
    const from = Math.max(age, AGES[i] ?? 0);
    const length = (AGES[i + 1] ?? 0) - from;
    const rate = (alive * chanceFrom(from, i, table)) / length;
    const atEnd = lag + ended * length + (rate * length ** 2) / 2;
    if (atEnd >= worthSeconds) {
      const missing = worthSeconds - lag;
      return from - age + (2 * missing) / (ended + Math.sqrt(ended ** 2 + 2 * rate * missing));
    }
    lag = atEnd;
    ended += rate * length;
    alive -= rate * length;
  }
  return Number.POSITIVE_INFINITY;
}

/** The chance of an end before the next age, for a delivery that was under way at `from`; ends are spread evenly. */
function chanceFrom(from: number, index: number, table: LifeTable): number {
  const [begin = 0, end = 0] = AGES.slice(index, index + 2);
  const chance = chanceOfEnd(index, table);
  const ahead = (chance * (end - from)) / (end - begin);
  return ahead / (ahead + 1 - chance);
}
