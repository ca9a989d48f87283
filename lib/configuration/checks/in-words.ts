/** A value of any kind as an error repeats it: what it says where it is short, and otherwise what it is. */
export function inWords(value: unknown): string {
  if (typeof value === 'string')
    return value.length <= LONGEST ? `"${value}"` : `"${value.slice(0, LONGEST)}…"`;
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  const name: string = Object.getPrototypeOf(value)?.constructor?.name || 'Object';
  // Without its fields: there may be a secret among them. The CDK's build puts numbers behind the names of its classes.
  return name === 'Object' ? 'an object' : `an object of the class ${name.replace(/\d+$/, '')}`;
}

/** An ARN of a secret with a usual name is shorter. */
const LONGEST = 150;
