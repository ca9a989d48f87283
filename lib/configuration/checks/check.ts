/**
 * Checks of what TypeScript does not see: the props of an app in JavaScript, or behind a cast. A check refuses a value of the wrong kind;
 * whether one of the right kind can work is checked where it is used.
 */
import { checkWord } from '../check-word.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { inWords } from './in-words.ts';

/** @throws ConfigurationError naming what was wrong, the value, and what to give instead. */
export interface Check<T> {
  (name: string, value: unknown): void;
  /** Never there: it tells checks of different types apart. */
  readonly of?: T;
}

export const text: Check<string> = kind('a string', (value) => typeof value === 'string');
export const number: Check<number> = kind('a number', (value) => typeof value === 'number');
export const flag: Check<boolean> = kind('true or false', (value) => typeof value === 'boolean');
export const filledText: Check<string> = kind('a string that is not empty', isFilled);

export function word<Word extends string>(words: readonly Word[]): Check<Word> {
  return (name, value) => void checkWord(name, value, words);
}

/** @param example a member of the enum, as one writes it. */
export function member<T extends string | number>(all: object, example: `${string}.${string}`): Check<T> {
  const [enumName, memberName] = example.split('.');
  const wanted = `a ${enumName} such as ${example}`;
  const type = typeof Reflect.get(all, memberName ?? '');
  return kind(wanted, (value) => typeof value === type && Object.values(all).includes(value));
}

export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (name, value) => {
    if (!Array.isArray(value)) throw wrong(name, 'an array', value);
    for (const [index, one] of value.entries()) check(`${name}[${index}]`, one);
  };
}

/** @param wanted what the whole is, with its article. */
export function recordOf<T>(wanted: string, check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (name, value) => {
    if (!isObject(value)) throw wrong(name, wanted, value);
    for (const [key, one] of Object.entries(value)) check(`${name}["${key}"]`, one);
  };
}

/**
 * @param wanted what it is, with its article and an example.
 * @param say how an error repeats a wrong value.
 */
export function kind<T>(wanted: string, isOne: (value: unknown) => boolean, say = inWords): Check<T> {
  return (name, value) => {
    if (!isOne(value)) throw wrong(name, wanted, value, say);
  };
}

export function wrong(name: string, wanted: string, value: unknown, say = inWords): ConfigurationError {
  return new ConfigurationError(`${name} must be ${wanted}; it is ${say(value)}.`);
}

/** Not an array, nor a Map, which has no fields. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(Symbol.iterator in value);
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
