/** How the people of one output are shown: by their addresses, or masked, with a number that tells them apart. */
import { normaliseRecipient } from '../../contract/delivery-log-row.ts';

export interface People {
  /** Addresses are not masked. */
  readonly showAddresses: boolean;
  /** From 1, in the order in which they come up; the same person has the same number. */
  numberOf(recipient: string): number;
}

/** For one output; the numbers of another are others. */
export function peopleOf({ showAddresses }: Pick<People, 'showAddresses'>): People {
  const numbers = new Map<string, number>();
  return {
    showAddresses,
    numberOf(recipient) {
      // 0.1.0 kept letters with accents as Kore sent them.
      const person = normaliseRecipient(recipient);
      const number = numbers.get(person) ?? numbers.size + 1;
      numbers.set(person, number);
      return number;
    },
  };
}
