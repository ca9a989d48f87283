/** The people of an output without end: numbered as everywhere, in bounded memory. */
import { normaliseRecipient } from '../../../contract/delivery-log-row.ts';
import type { People } from '../../text/people.ts';

/** So many have a number of their own; some 50 MB. */
const MOST_PEOPLE = 1_000_000;

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
    const key = hashOf(normaliseRecipient(recipient));
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

/** cyrb53 (bryc, public domain): as many bits as a number holds, so that of a million people hardly ever two share a number. */
function hashOf(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}
