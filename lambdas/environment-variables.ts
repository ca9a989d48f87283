/** A function's settings as environment variables: a table of them says how each is written, and how it is read. */
import * as z from 'zod/mini';

export interface Variable<T> {
  readonly name: string;
  /** Nothing where there is to be no such variable. */
  write(value: T): string | undefined;
  /** @throws ZodError. */
  read(text: string | undefined): T;
}

/** Each setting's variable. */
export type Variables<Settings> = { readonly [K in keyof Settings]-?: Variable<Settings[K]> };

export function variable<T>(
  name: string,
  schema: z.ZodMiniType<T, unknown>,
  write: (value: T) => string | undefined,
): Variable<T> {
  const named = z.object({ [name]: schema });
  return { name, write, read: (text) => named.parse({ [name]: text })[name] as T };
}

export const text = (name: string) => variable(name, z.string(), (value) => value);
export const number = (name: string) => variable(name, z.coerce.number(), String);

export function written<Settings extends object>(
  variables: Variables<Settings>,
  settings: Settings,
): Record<string, string> {
  const values = Object.entries<Variable<unknown>>(variables).map(([setting, { name, write }]) => [
    name,
    write(settings[setting as keyof Settings]),
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** @throws ZodError naming the first wrong variable. */
export function readFrom<Settings extends object>(
  variables: Variables<Settings>,
  environment: Record<string, string | undefined>,
): Settings {
  const values = Object.entries<Variable<unknown>>(variables).map(([setting, one]) => [
    setting,
    one.read(environment[one.name]),
  ]);
  return Object.fromEntries(values);
}
