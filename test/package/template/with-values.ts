/** A template as CloudFormation reads it once it has the values of parameters. */

// biome-ignore lint/suspicious/noExplicitAny: a template holds anything.
export type Json = any;

/** With these parameters, where all conditions hold, or none. */
export function withValues(value: Json, values: Readonly<Record<string, string>>, holds = true): Json {
  const within = (part: Json) => withValues(part, values, holds);
  if (Array.isArray(value)) return value.map(within);
  if (typeof value !== 'object' || value === null) return value;
  if (value.Ref in values) return values[value.Ref];
  if ('Fn::If' in value) return within(value['Fn::If'][holds ? 1 : 2]);
  if ('Fn::Join' in value) return joined(within(value['Fn::Join'][1]));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, within(part)]));
}

/** With texts that are next to each other in one. */
function joined(parts: readonly Json[]): Json {
  const merged: Json[] = [];
  for (const part of parts) {
    const isNext = typeof part === 'string' && typeof merged.at(-1) === 'string';
    merged.push(isNext ? merged.pop() + part : part);
  }
  return merged.length === 1 ? merged[0] : { 'Fn::Join': ['', merged] };
}
