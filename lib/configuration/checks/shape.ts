/** Checks of whole props: each by its own check, and none that does not exist. */
import { ConfigurationError } from '../configuration-error.ts';
import { IN_PLACE_OF } from '../removed-settings.ts';
import { type Check, isObject, wrong } from './check.ts';
import { nearestTo } from './nearest-to.ts';

/** A check for each prop: none can be forgotten, and none is of another type. */
export type Shape<Props> = { readonly [Name in keyof Props]-?: Check<NonNullable<Props[Name]>> };

/** What is undefined is as if left out. */
export function shape<Props extends object>(checks: Shape<Props>): Check<Props> {
  return (name, value) => {
    if (!isObject(value)) throw wrong(name, 'an object', value);
    const path = (prop: string) => (name === PROPS ? prop : `${name}.${prop}`);
    for (const [prop, given] of Object.entries(value)) {
      if (given === undefined) continue;
      if (!Object.hasOwn(checks, prop)) throw unknown(prop, Object.keys(checks), path);
      (checks as Readonly<Record<string, Check<unknown>>>)[prop]?.(path(prop), given);
    }
  };
}

/** The name of props as a whole; those in them are named without it. */
export const PROPS = 'props';

function unknown(prop: string, known: readonly string[], path: (prop: string) => string): ConfigurationError {
  const instead = IN_PLACE_OF.get(prop);
  if (instead !== undefined) {
    return new ConfigurationError(`${path(prop)} is no setting any more. ${instead}`);
  }
  const nearest = nearestTo(prop, known);
  const meant = nearest === undefined ? `one of ${known.map(path).join(', ')}` : path(nearest);
  return new ConfigurationError(`${path(prop)} does not exist. Write ${meant}, or leave it out.`);
}
