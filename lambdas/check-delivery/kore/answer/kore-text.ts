/** A text of Kore's, which may name anybody: it cannot be part of a log line, an event or a state, by mistake or by intent. */
export class KoreText {
  /** Nothing that walks over fields, as a serialiser does, finds it. */
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** What the text tells: a number, a word of a list, Kore's entries as `unknown`. A text that is read out has no type that fits anywhere. */
  read<T>(reader: (text: string) => T): string extends T ? unknown : T {
    return reader(this.#text) as string extends T ? unknown : T;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }
}

const SHOWN = '[text of Kore]';
