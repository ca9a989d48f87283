/** A value as text, Maps included: equal values have equal texts. */
export function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, field) => (field instanceof Map ? [...field].sort() : field)) ?? '';
}
