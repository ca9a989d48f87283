/** The people of an output without end: numbered as everywhere, in bounded memory. */
import { createHash } from 'node:crypto';
import { normaliseRecipient } from '../../../contract/delivery-log-row.ts';
import type { People } from '../../text/people.ts';

/** So many have a number of their own; some 50 MB. */
const MOST_PEOPLE = 1_000_000;
/** As many as a number holds. Of a million people two share a number once in 500 outputs. */
const HASH_BYTES = 6;

export class ManyPeople implements People {
  readonly showAddresses: boolean;
  /** By a hash, which is shorter than an address. */
  readonly #numbers = new Map<number, number>();
  readonly #most: number;

  constructor({ showAddresses }: Pick<People, 'showAddresses'>, most = MOST_PEOPLE) {
    this.showAddresses = showAddresses;
    this.#most = most;
  }

  /** From 1, in the order in which they come up; 0 for all beyond the limit. */
  numberOf(recipient: string): number {
    const hash = createHash('sha256').update(normaliseRecipient(recipient)).digest();
    const key = hash.readUIntBE(0, HASH_BYTES);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.#numbers.size >= this.#most) return 0;
    this.#numbers.set(key, this.#numbers.size + 1);
    return this.#numbers.size;
  }

  get count(): number {
    return this.#numbers.size;
  }
}
