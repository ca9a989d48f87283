/** The recipients who were not reached, in columns, as the page holds them: 100,000 at most. */
import type { ToldRow } from './told-row.ts';

/** A browser opens so many in seconds. Beyond that the page has totals and reasons, and CSV has the list. */
export const MOST_LISTED = 100_000;

export interface NotReachedList {
  readonly recipients: readonly string[];
  /** Empty where addresses are shown. */
  readonly people: readonly (number | null)[];
  /** Indexes of `channelNames`, `reasonTexts` and `requestIds`. */
  readonly channels: readonly number[];
  readonly reasons: readonly number[];
  readonly notifications: readonly number[];
  /** Milliseconds since 1970; `null` where the time cannot be read. */
  readonly times: readonly (number | null)[];
  readonly channelNames: readonly string[];
  readonly reasonTexts: readonly string[];
  readonly requestIds: readonly string[];
}

export interface ListedRow {
  readonly told: ToldRow;
  readonly channel: number;
  readonly reason: number;
  readonly requestId: string;
  readonly createdOn: string;
}

export class NotReachedLister {
  readonly #recipients: string[] = [];
  readonly #people: (number | null)[] = [];
  readonly #channels: number[] = [];
  readonly #reasons: number[] = [];
  readonly #notifications: number[] = [];
  readonly #times: (number | null)[] = [];
  readonly #requestIds = new Map<string, number>();
  readonly #most: number;
  #isTooLong = false;

  constructor(most = MOST_LISTED) {
    this.#most = most;
  }

  add({ told, channel, reason, requestId, createdOn }: ListedRow): void {
    if (this.#recipients.length >= this.#most) this.#giveUp();
    if (this.#isTooLong) return;
    const time = Date.parse(createdOn);
    this.#recipients.push(cut(told.recipient));
    this.#people.push(told.person ?? null);
    this.#channels.push(channel);
    this.#reasons.push(reason);
    this.#notifications.push(this.#requestIds.get(requestId) ?? this.#requestIds.size);
    if (!this.#requestIds.has(requestId)) this.#requestIds.set(requestId, this.#requestIds.size);
    this.#times.push(Number.isNaN(time) ? null : time);
  }

  /** @returns `undefined` where there are more than the page holds. */
  finish(channelNames: readonly string[], reasonTexts: readonly string[]): NotReachedList | undefined {
    if (this.#isTooLong) return undefined;
    const people = this.#people.some((number) => number !== null) ? this.#people : [];
    return {
      ...{ recipients: this.#recipients, people, channels: this.#channels },
      ...{ reasons: this.#reasons, notifications: this.#notifications, times: this.#times },
      ...{ channelNames, reasonTexts, requestIds: [...this.#requestIds.keys()] },
    };
  }

  #giveUp(): void {
    this.#isTooLong = true;
    const columns = [this.#recipients, this.#people, this.#channels, this.#reasons, this.#notifications];
    for (const column of [...columns, this.#times]) column.length = 0;
  }
}

/** An address may have 2,048 bytes, of which nobody reads more than the beginning. */
const LONGEST_RECIPIENT = 254;

function cut(text: string): string {
  return text.length > LONGEST_RECIPIENT ? `${text.slice(0, LONGEST_RECIPIENT).toWellFormed()}…` : text;
}
