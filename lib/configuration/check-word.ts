import { inWords } from './checks/in-words.ts';
import { ConfigurationError } from './configuration-error.ts';

/** @throws ConfigurationError naming the words and the value, where it is none of them. */
export function checkWord<Word extends string>(name: string, value: unknown, words: readonly Word[]): Word {
  const known = words.find((word) => word === value);
  if (known !== undefined) return known;
  throw new ConfigurationError(
    `${name} must be ${words.map((word) => `"${word}"`).join(' or ')}; it is ${inWords(value)}.`,
  );
}
