/** Texts of others, such as reasons, of which only those are told that several people share: a rare one may be about one person. */

/** A text that fewer people share is "other" where addresses are masked. */
export const FEWEST_PEOPLE = 3;
/** Texts beyond this number are "other", so that memory stays bounded. */
const MOST_TEXTS = 10_000;

export const OTHER = 'other';

interface SharedText {
  readonly text: string;
  /** Who have it, until they are enough. */
  readonly people: Set<unknown>;
  count: number;
}

export interface CountedText {
  readonly text: string;
  readonly count: number;
}

export class SharedTexts {
  readonly #texts: SharedText[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #fewestPeople: number;
  #countOfOthers = 0;

  /** @param isMasked whether a rare text is "other". */
  constructor(isMasked: boolean) {
    this.#fewestPeople = isMasked ? FEWEST_PEOPLE : 1;
  }

  /**
   * Counts the text once more.
   *
   * @param person who has it; whatever differs is another person.
   * @returns an index for `labels`.
   */
  add(text: string, person: unknown): number {
    const index = this.#indexes.get(text) ?? this.#append(text);
    const shared = this.#texts[index];
    if (shared === undefined) this.#countOfOthers += 1;
    else {
      shared.count += 1;
      if (shared.people.size < FEWEST_PEOPLE) shared.people.add(person);
    }
    return index;
  }

  /** The text as it may be told. */
  labelOf(text: string): string {
    return this.#label(this.#texts[this.#indexes.get(text) ?? -1]);
  }

  /** By index. The last one is that of all texts beyond the limit. */
  labels(): string[] {
    return [...this.#texts.map((one) => this.#label(one)), OTHER];
  }

  /** Most first; "other" is last, and stands for all rare ones. */
  counted(): CountedText[] {
    const told = this.#texts.filter((one) => this.#isTold(one));
    const others = this.#texts.reduce((sum, one) => sum + (this.#isTold(one) ? 0 : one.count), 0);
    const count = others + this.#countOfOthers;
    return [
      ...told.map(({ text, count }) => ({ text, count })).sort((a, b) => b.count - a.count),
      ...(count > 0 ? [{ text: OTHER, count }] : []),
    ];
  }

  #append(text: string): number {
    if (this.#texts.length >= MOST_TEXTS) return MOST_TEXTS;
    this.#texts.push({ text, people: new Set(), count: 0 });
    this.#indexes.set(text, this.#texts.length - 1);
    return this.#texts.length - 1;
  }

  #label(shared: SharedText | undefined): string {
    return shared !== undefined && this.#isTold(shared) ? shared.text : OTHER;
  }

  /** That there is no text says nothing of anybody. */
  #isTold({ text, people }: SharedText): boolean {
    return text === '' || people.size >= this.#fewestPeople;
  }
}
